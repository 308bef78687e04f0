"""Open dialogue: questions to heads, conferences, commitments."""
