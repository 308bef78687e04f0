"""Acts written out: Akoma Ntoso, HTML, DOCX, PDF."""

from aiqyn.acts.writing.akoma import Meta, akn, work_uri
from aiqyn.acts.writing.page import fragment, html
from aiqyn.acts.writing.paper import pdf
from aiqyn.acts.writing.word import docx

__all__ = ["Meta", "akn", "docx", "fragment", "html", "pdf", "work_uri"]
