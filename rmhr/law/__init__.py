"""Rules of law and of good practice that the product keeps: each with its source and a date to look again."""
