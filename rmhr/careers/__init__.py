"""The career site: open jobs for the public and for colleagues, feeds for job boards, the bank's own look."""
