"""Rules about one data set: its passport, its files taken together, its life."""
