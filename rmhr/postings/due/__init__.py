"""What is owed around requisitions and postings."""

from rmhr.postings.due import postings, requisitions

__all__ = ["postings", "requisitions"]
