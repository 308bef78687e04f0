"""Ratings and findings for people and programs: text, JSON, CSV, HTML."""
