"""Texts of acts read from files: plain text, HTML, DOCX, ODT, Akoma Ntoso."""

from aiqyn.acts.model import Act
from aiqyn.acts.reading import plain
from aiqyn.acts.structure import act_of
from aiqyn.subjects.language import tell

__all__ = ["read"]


def read(data: bytes, name: str, language: str = "") -> Act:
    """Return the act a file holds; `language` ("kk", "ru") is told by its words where not given.

    The bytes decide the format, not the name.
    """
    sheet = plain.read(data)
    told = language or tell("\n".join(line.text for line in sheet.lines[:200])).language
    return act_of(sheet, told if told in ("kk", "ru") else "ru")
