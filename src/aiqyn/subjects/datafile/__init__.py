"""A file of data, parsed once and not judged: what it is, its tables, what is wrong where.

`model.py` has the nouns. Readers of formats fill them; rules in `rules/table/` read them.
"""
