"""Pages of the site audit, one module per thing a reader does."""
