"""What administrators look after: mail, bounces, webhooks, the scheduler and its jobs."""
