"""Owns mandatory training: courses and lessons, who must pass what until when, exams, certificates."""
