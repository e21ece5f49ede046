"""Tests of postings and of the career site."""
