"""Lists: how one is declared, how somebody narrows, orders and keeps it, and how it becomes a file."""
