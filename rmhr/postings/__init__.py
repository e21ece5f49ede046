"""Owns job postings: their texts in two languages, criteria and questions, and the public career site."""
