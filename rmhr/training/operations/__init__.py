"""Every write of training that is no transition, by what it is about."""

from rmhr.training.operations import assignments, certificates, exams, rounds

__all__ = ["assignments", "certificates", "exams", "rounds"]
