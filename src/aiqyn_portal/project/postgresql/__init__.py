"""Django's PostgreSQL, with cheaper questions."""
