"""Tests of rmhr.core."""
