"""Acts written out: Akoma Ntoso, HTML, DOCX, PDF."""

from aiqyn.acts.writing.akoma import Meta, akn, work_uri

__all__ = ["Meta", "akn", "work_uri"]
