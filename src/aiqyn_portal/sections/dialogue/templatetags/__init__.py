"""Tags of the dialogue."""
