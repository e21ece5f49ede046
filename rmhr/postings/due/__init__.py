"""What is owed around requisitions and postings."""

from rmhr.postings.due import filled, postings, requisitions

__all__ = ["filled", "postings", "requisitions"]
