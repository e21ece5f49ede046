"""Tests of offers and what follows from them."""
