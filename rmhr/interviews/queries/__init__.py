"""Every read about interviews: meetings, scorecards, what a plan is made of."""

from rmhr.interviews.queries import examples, meetings, planning, scorecards

__all__ = ["examples", "meetings", "planning", "scorecards"]
