"""What is asked about webhooks and jobs."""
