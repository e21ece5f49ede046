"""The long stories, a file per language, so that they are walked side by side."""
