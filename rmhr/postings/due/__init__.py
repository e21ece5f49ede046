"""What is owed around postings."""

from rmhr.postings.due import filled, postings

__all__ = ["filled", "postings"]
