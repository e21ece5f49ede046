"""What is asked about applications: by the public form, in its questions, for a change of status."""
