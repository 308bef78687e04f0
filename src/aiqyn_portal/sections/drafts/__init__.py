"""Drafts of legal acts: read side by side in two languages, discussed, decided, reported."""
