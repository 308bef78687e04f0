"""What a reader sees of contributions that others do not: which are one's own, how one voted.

Lists of contributions may be kept for everybody (base/drawn.py); these pieces are places in them.
"""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from aiqyn_portal.base.drawn import Drawn, open_place
from aiqyn_portal.base.formats import language
from aiqyn_portal.contributions import kinds, queries
from aiqyn_portal.contributions.models import Contribution

NOTHING = SafeString("")
PIECES_KEPT = 4096  # of less than 1 KB each, by each process


def places(row: Contribution, *, is_open: bool = True) -> dict[str, SafeString]:
    """The places a kept page leaves open for its reader; once closed it takes no votes."""
    author = row.author_id or 0
    kind = row.kind if is_open else ""
    return {
        "mine": open_place(f"mine:{author}"),
        "actions": open_place(f"actions:{row.pk}:{author}:{row.number}:{kind}"),
    }


class Marks:
    """The reader of one page: fills the places that `places` has left open in `drawn`."""

    def __init__(self, request: HttpRequest, drawn: Drawn | None = None) -> None:
        self._request = request
        self._reader = request.user.pk if request.user.is_authenticated else 0
        self._token = ""
        told = [name.split(":") for name in drawn.places] if drawn and self._reader else []
        keys = [int(rest[0]) for what, *rest in told if what == "actions"]
        self._votes = queries.votes_of(request.user, keys) if keys else {}

    def fill(self, name: str) -> SafeString:
        """What this reader sees in a place; nobody who is not signed in sees anything."""
        what, *rest = name.split(":")
        if not self._reader:
            return NOTHING
        if what == "mine":
            return self.mine(int(rest[0]))
        key, author, number, kind = rest
        return self.actions(int(author), number, kind, self._votes.get(int(key), 0))

    def of(self, row: Contribution, vote: int, *, is_open: bool = True) -> dict[str, SafeString]:
        """The same pieces for a page that is drawn for this reader alone."""
        author = row.author_id or 0
        if not self._reader:
            return {"mine": NOTHING, "actions": NOTHING}
        return {
            "mine": self.mine(author),
            "actions": self.actions(author, row.number, row.kind if is_open else "", vote),
        }

    def mine(self, author: int) -> SafeString:
        return _mine(language()) if author == self._reader else NOTHING

    def actions(self, author: int, number: str, kind: str, vote: int) -> SafeString:
        """Buttons to vote, and the link to report; not for one's own.

        Without a `kind` votes are no longer taken.
        """
        if author == self._reader:
            return NOTHING
        self._token = self._token or get_token(self._request)
        own = {"token": self._token, "here": self._request.get_full_path()}
        drawn = _actions(language(), number, kind, vote)
        return drawn.filled(lambda name: conditional_escape(own[name]))


@lru_cache(maxsize=8)
def _mine(_language: str) -> SafeString:
    return render_to_string("contributions/_mine.html")


@lru_cache(maxsize=PIECES_KEPT)
def _actions(_language: str, number: str, kind: str, vote: int) -> Drawn:
    said: dict[str, Any] = {
        "number": number,
        "is_open": bool(kind),
        "is_against": kinds.takes_votes_against(kind),
        "vote": vote,
    }
    return Drawn(render_to_string("contributions/_actions.html", said))
