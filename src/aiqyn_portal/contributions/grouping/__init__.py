"""Near copies: folded as they come in, made groups by officers, counted for everybody."""
