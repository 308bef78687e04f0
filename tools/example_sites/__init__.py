"""Writes the example sites: texts in Markdown and YAML, templates, documents → static files.

`python -m tools.example_sites` writes `examples/sites/*/public/`, always the same bytes.
"""
