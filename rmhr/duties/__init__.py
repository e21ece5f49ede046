"""Who the bank is before the law, and the texts in which it says so: kept, compared, approved by two, told."""
