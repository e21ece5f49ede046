"""The engine: what every stage leans on. Knows no stage and no HTTP."""
