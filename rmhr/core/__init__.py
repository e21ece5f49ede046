"""What every stage is built on: transitions, operations, history, due things, lists, mail, files. Knows no HTTP."""
