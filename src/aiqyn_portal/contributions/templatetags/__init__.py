"""Tags of contributions."""
