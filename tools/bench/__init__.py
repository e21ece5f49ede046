"""What the product costs, in figures (`make bench`): pages beside a bare one, files, reminders, memory, the start."""
