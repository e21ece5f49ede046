"""`make shots`: every page of every role in a real browser, as pictures and as a list of what is wrong."""
