"""Aiqyn, the library: evidence, rules, findings, methodologies and ratings, without Django."""

__version__ = "0.1.0"
