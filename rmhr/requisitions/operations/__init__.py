"""Every write about requisitions and the headcount plan that is no change of status."""

from rmhr.requisitions.operations import headcount, requisitions

__all__ = ["headcount", "requisitions"]
