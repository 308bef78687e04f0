"""What is read of drafts."""
