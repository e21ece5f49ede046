"""Applications: applying, screening, deciding, the status page."""
