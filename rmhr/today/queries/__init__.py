"""Every read of Today and of the calendar feed."""

from rmhr.today.queries import awaited, feed, put_off, stand_in, team, today

__all__ = ["awaited", "feed", "put_off", "stand_in", "team", "today"]
