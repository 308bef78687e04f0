"""What people are told: topics they follow, the cabinet of notices, feeds and letters."""
