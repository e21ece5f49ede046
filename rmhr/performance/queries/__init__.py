"""Every read about goals, reviews and next steps, each starting from what the reader may see."""

from rmhr.performance.queries import check_ins, development, drafts, evidence, findable, goals, reviews, team

__all__ = ["check_ins", "development", "drafts", "evidence", "findable", "goals", "reviews", "team"]
