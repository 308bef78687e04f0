"""Defects of plain words."""
