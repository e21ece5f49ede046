"""What changes things: transitions and operations, one by one or on many at once, and never twice by mistake."""
