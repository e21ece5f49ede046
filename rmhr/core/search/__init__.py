"""Full-text search: words in any form, what can be found by which, and how that is kept in step."""
