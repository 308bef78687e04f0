"""Questions of the archive that a reader looks for: by words of them or of answers, by body."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aiqyn_portal.base import formats
from aiqyn_portal.base.drawn import Asked
from aiqyn_portal.base.paging import BoundedPaginator
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.searching import CONTRIBUTION
from aiqyn_portal.search import asking, queries
from aiqyn_portal.search.matching import MOST_NARROWED
from aiqyn_portal.search.narrowing import filters_of
from aiqyn_portal.sections.dialogue.kept_archive import PER_PAGE, STATES
from aiqyn_portal.sections.dialogue.queries import lists

LONGEST = 200  # characters of the words


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader has asked for; "" is everything."""

    q: str = ""
    body: str = ""

    def __bool__(self) -> bool:
        return bool(self.q or self.body)

    @property
    def address(self) -> str:
        """Its part of an address."""
        said = {"q": self.q, "body": self.body}
        return urlencode({name: value for name, value in said.items() if value})


def wanted(asked: QueryDict) -> Wanted:
    """Read an address."""
    q, body = (asked.get(name, "").replace("\0", "").strip() for name in ("q", "body"))
    return Wanted(q[:LONGEST], body[:LONGEST])


def archive(state: str, page: str, looked_for: Wanted) -> SafeString:
    """Questions of a state, a code of STATES, that meet what is looked for; newest first."""
    rows = lists.public_questions().filter(lists.of_state(state))
    if looked_for.body:
        rows = rows.filter(contribution__body__code=looked_for.body)
    if looked_for.q:
        filters = filters_of({"kind": CONTRIBUTION, "body": looked_for.body})
        found = queries.keys(asking.read(looked_for.q), filters, most=MOST_NARROWED)
        rows = rows.filter(contribution__number__in=found.keys)
    shown = BoundedPaginator(rows, PER_PAGE).get_page(page)
    chosen = {"state": state, "q": looked_for.q, "body": looked_for.body}
    context = {
        "page": shown,
        "state": state,
        "states": STATES.items(),
        "more": looked_for.address,
        "found": shown.paginator.count,
        "request": Asked("", urlencode({name: said for name, said in chosen.items() if said})),
        "LANGUAGE_CODE": formats.language(),
    }
    return render_to_string("dialogue/questions_main.html", context)


def form(state: str, looked_for: Wanted) -> SafeString:
    """Where one writes what is looked for."""
    bodies = Body.objects.filter(heads__isnull=False).distinct().order_by("code")
    names = [(body.code, str(body.name)) for body in bodies.only("code", "name")]
    return _form(formats.language(), state, looked_for, tuple(names))


@lru_cache(maxsize=256)
def _form(
    _language: str, state: str, looked_for: Wanted, bodies: Iterable[tuple[str, str]]
) -> SafeString:
    context = {"state": state, "wanted": looked_for, "bodies": bodies}
    return render_to_string("dialogue/questions_form.html", context)
