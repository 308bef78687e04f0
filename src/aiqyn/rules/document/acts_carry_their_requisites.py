"""An order, decree or decision says its date, its number and who signed it."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.acts import act_in
from aiqyn.subjects.document import Document


def check(document: Document) -> Iterator[Place]:
    act = act_in(document.beginning, document.end)
    if act is None:
        raise Inapplicable
    for is_there, note in (
        (act.has_date, "no_date"),
        (act.has_number, "no_number"),
        (act.has_signer, "no_signer"),
    ):
        if not is_there:
            yield Place(where="document", saw=act.title, note=note)
