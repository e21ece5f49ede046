"""What is asked for around requisitions and postings."""
