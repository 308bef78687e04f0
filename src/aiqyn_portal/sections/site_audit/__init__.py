"""Audits of official sites, their findings, and the rules they are held against."""
