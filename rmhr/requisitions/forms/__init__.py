"""What is asked about requisitions and the headcount plan."""
