"""Owns the works council's consent to a hiring: what it is asked and handed, its answer, hiring without waiting."""
