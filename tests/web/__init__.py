"""Tests of rmhr.web."""
