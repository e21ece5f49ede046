"""What changes things: transitions, operations, and protection against sending a form twice."""
