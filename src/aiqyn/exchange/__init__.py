"""Data sets written out in the languages other programs speak: one file per language.

Each takes `subjects.dataset.Dataset` and knows nothing of databases or requests.
"""
