"""Tags of the templates of drafts."""
