"""Every read about goals, reviews and next steps, each starting from what the reader may see."""

from rmhr.performance.queries import development, drafts, evidence, goals, reviews, rhythm

__all__ = ["development", "drafts", "evidence", "goals", "reviews", "rhythm"]
