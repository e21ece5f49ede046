"""What the suite starts beside the product: a PostgreSQL, a Chromium, a mail server."""
