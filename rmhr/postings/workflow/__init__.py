"""The lives of a requisition and of a posting."""

from rmhr.postings.workflow.postings import POSTINGS
from rmhr.postings.workflow.requisitions import REQUISITIONS

__all__ = ["POSTINGS", "REQUISITIONS"]
