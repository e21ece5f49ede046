"""Requisitions and the headcount plan: who is needed, where, until when and for how much; what was decided on it."""
