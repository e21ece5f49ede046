"""Every write of Today and of the calendar feed."""

from rmhr.today.operations import feed, things

__all__ = ["feed", "things"]
