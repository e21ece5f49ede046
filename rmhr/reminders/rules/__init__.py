"""When who is reminded of what: rules in force, their editor, and what a rule would say in the next days."""
