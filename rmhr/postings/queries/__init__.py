"""Every read about requisitions and postings, each starting from what the reader may see."""

from rmhr.postings.queries import findings, lists, postings, question_sets, teams, versions

__all__ = ["findings", "lists", "postings", "question_sets", "teams", "versions"]
