"""Rules about one document: can it be opened, is it text."""
