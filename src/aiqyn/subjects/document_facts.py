"""From a document to the few facts that rules about the whole site need of it."""

from msgspec import Struct

from aiqyn.subjects.acts import act_in
from aiqyn.subjects.document import Document


class DocumentFacts(Struct, frozen=True, kw_only=True):
    """What one document told the site."""

    url: str  # as asked for
    address: str  # as answered, after redirects
    sha256: str
    parent: str = ""  # address of the page on which its link was first met
    shape: str = ""  # "pdf", "docx" …, see Document.shape
    kind: str = ""  # "text", "layer", "scan" …, see Document.kind
    language: str = ""  # of its text; "" when it cannot be told
    is_act: bool = False  # an order, decree or decision that is in force


def facts_of_document(document: Document) -> DocumentFacts:
    """Return the facts of `document`."""
    seen = document.evidence
    return DocumentFacts(
        url=seen.url,
        address=document.address,
        sha256=seen.sha256,
        parent=seen.parent,
        shape=document.shape,
        kind=document.kind,
        language=document.language or "",
        is_act=act_in(document.beginning, document.end) is not None,
    )
