"""Tests of planning, judging and deciding."""
