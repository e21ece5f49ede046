"""Today: what is owed, put off, awaited and stood in for; the team's state; the calendar feed."""
