"""DOCX and ODT made of their XML, for what no library writes."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OPEN = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style", "draw")
    )
    + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)


def zipped(**parts: str) -> bytes:
    """Pack parts; "__" in a name is a slash, "_dot_" a full stop."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """Return a document; `parts` are the insides of word/<name>.xml, e.g. numbering."""
    others = {
        f"word__{name}_dot_xml": f"<w:{name} {W}>{inside}</w:{name}>"
        for name, inside in parts.items()
    }
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped(word__document_dot_xml=document, **others)


def p(text: str, properties: str = "") -> str:
    """Return a paragraph of Word."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def numbered(text: str, number: int, level: int = 0) -> str:
    """Return a paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def odt(body: str, styles: str = "", common: str = "") -> bytes:
    """Return an OpenDocument text."""
    content = (
        f"<office:document-content {OPEN}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content_dot_xml": content}
    if common:
        parts["styles_dot_xml"] = (
            f"<office:document-styles {OPEN}>{common}</office:document-styles>"
        )
    return zipped(**parts)
