"""What is owed by whom until when: sources, lists of it, working days, reminder steps, jobs of the scheduler."""
