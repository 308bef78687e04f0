"""The one search of the platform: an index kept by every app, and the page that asks it."""
