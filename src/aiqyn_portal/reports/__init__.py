"""The public face: league tables, bodies, why a score, methodologies, indices, downloads, API."""
