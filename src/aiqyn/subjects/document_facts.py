"""From a document to the few facts that rules about the whole site need of it."""

from msgspec import Struct

from aiqyn.subjects.document import Document


class DocumentFacts(Struct, frozen=True, kw_only=True):
    """What one document told the site."""

    url: str  # as asked for
    address: str  # as answered, after redirects
    sha256: str
    parent: str = ""  # address of the page on which its link was first met


def facts_of_document(document: Document) -> DocumentFacts:
    """Return the facts of `document`."""
    seen = document.evidence
    return DocumentFacts(
        url=seen.url, address=document.address, sha256=seen.sha256, parent=seen.parent
    )
