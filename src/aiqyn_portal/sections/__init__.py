"""Rooms of the portal that nobody imports; each is a Django app of its own."""
