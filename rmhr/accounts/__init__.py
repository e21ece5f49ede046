"""Owns people, their roles and units, and how they sign in. Every stage asks it who somebody is."""
