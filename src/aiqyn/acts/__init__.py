"""Texts of legal acts: read from files, their structure, versions side by side, writing out.

A text is read into an `Act` of nested `Unit`s (`model`); everything else here is a function
over those two nouns.
"""

from aiqyn.acts.model import Act, Kind, Paragraph, Unit, paragraphs

__all__ = ["Act", "Kind", "Paragraph", "Unit", "paragraphs"]
