"""Every read about requisitions and the headcount plan, each starting from what the reader may see."""

from rmhr.requisitions.queries import headcount, requisitions

__all__ = ["headcount", "requisitions"]
