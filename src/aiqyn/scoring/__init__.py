"""Findings to points. Works from stored findings alone: no network, no rules, no clock."""
