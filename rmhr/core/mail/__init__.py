"""What is said to people outside the page: mail, invitations, webhooks, and what became of each."""
