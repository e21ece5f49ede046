"""Owns applications: applying without an account, the applicant's status page, screening and rejection."""
