"""Forms of the dialogue."""
