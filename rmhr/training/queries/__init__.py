"""Every read of training, by what it is about."""

from rmhr.training.queries import assignments, attempts, certificates, courses, people, standing, versions

__all__ = ["assignments", "attempts", "certificates", "courses", "people", "standing", "versions"]
