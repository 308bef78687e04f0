"""How units of Kazakh acts are called in Akoma Ntoso 3, for writing and for reading.

The standard has elements for most of them; the others are `hcontainer`s with a name. A number
stands in `num`: as printed in its text, plain in its `title`.
"""

from aiqyn.acts.model import Kind

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LANGUAGES = {"kk": "kaz", "ru": "rus"}  # ISO 639-2, as the standard asks
APPENDIX = "appendix"

ELEMENTS = {
    Kind.PART: "part",
    Kind.SECTION: "section",
    Kind.SUBSECTION: "subsection",
    Kind.CHAPTER: "chapter",
    Kind.SUBCHAPTER: "subchapter",
    Kind.ARTICLE: "article",
    Kind.POINT: "point",
    Kind.CLAUSE: "alinea",
}
CONTAINERS = (Kind.PREAMBLE, Kind.SUBPOINT, Kind.APPENDIX, Kind.TABLE, Kind.NOTE)
# What others use for the same things, besides our own names.
OTHERS = {
    "paragraph": Kind.POINT,
    "subparagraph": Kind.SUBPOINT,
    "clause": Kind.POINT,
    "subclause": Kind.SUBPOINT,
    "indent": Kind.SUBPOINT,
    "list": Kind.CLAUSE,
    "book": Kind.PART,
    "tome": Kind.PART,
    "title": Kind.SECTION,
    "subpart": Kind.SUBSECTION,
    "subtitle": Kind.SUBSECTION,
    "division": Kind.SUBSECTION,
    "subdivision": Kind.SUBCHAPTER,
    "rule": Kind.ARTICLE,
    "subrule": Kind.POINT,
    "proviso": Kind.CLAUSE,
    "level": Kind.CLAUSE,
    "sublist": Kind.CLAUSE,
    "transitional": Kind.CLAUSE,
    "crossHeading": Kind.CLAUSE,
    "hcontainer": Kind.CLAUSE,
}
KINDS = {name: kind for kind, name in ELEMENTS.items()} | OTHERS
