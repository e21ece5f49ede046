"""Every read about interviews: meetings, scorecards, what a plan is made of."""

from rmhr.interviews.queries import meetings, planning, scorecards

__all__ = ["meetings", "planning", "scorecards"]
