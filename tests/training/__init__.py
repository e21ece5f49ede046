"""Tests of rmhr.training."""
