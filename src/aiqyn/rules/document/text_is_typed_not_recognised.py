"""The text of a document was typed, not guessed by a program from a scan."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.document import Document


def check(document: Document) -> Iterator[Place]:
    layers = [number for number, page in enumerate(document.pages, 1) if page == "layer"]
    if not layers and "text" not in document.pages:
        raise Inapplicable
    if layers:
        saw = f"{len(layers)} / {len(document.pages)}"
        yield Place(where=f"page {layers[0]}", saw=saw, note="recognised")
