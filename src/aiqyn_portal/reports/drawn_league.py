"""The body of a league page, drawn once for each set of facts it shows."""

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.reports import drawings, league
from aiqyn_portal.reports.places import RoundPlaces, method_of, places_of
from aiqyn_portal.reports.queries import notes_of

KINDS = dict(Body.Kind.choices)


class UnknownKind(ValueError):
    """The address asks for a kind of body that this round does not have."""


class DrawnLeague(NamedTuple):
    title: Phrase
    league: league.League
    main: SafeString


@lru_cache(maxsize=settings.LEAGUE_PAGES_KEPT)  # some 70 KB each
def drawn_league(
    language: str, code: str, sort: str, kind: str, _facts: tuple[object, ...]
) -> DrawnLeague:
    """Draw the round `code` in the active language, which `language` names.

    `_facts` (places.facts_of) are every row the page rests on: while they are equal, so is
    the page. Raises UnknownKind and UnknownColumn.
    """
    found = places_of(code)
    if found is None:
        raise LookupError(code)
    kinds = sorted({place.result.kind for place in found.places})
    if kind and kind not in kinds:
        raise UnknownKind(kind)
    method = method_of(found.round.methodology)
    notes = list(notes_of(found.round))
    table = league.build(found.round, found.places, method, notes=notes, sort=sort, kind=kind)
    context = _context(found, table) | {
        "kinds": [(code, KINDS[code]) for code in kinds] if len(kinds) > 1 else [],
        "kind": kind,
        "LANGUAGE_CODE": language,
    }
    main = render_to_string("reports/league_main.html", context)
    return DrawnLeague(Phrase(found.round.title), table, main)


def _context(found: RoundPlaces, table: league.League) -> dict[str, object]:
    method = method_of(found.round.methodology)
    return {
        "round": found.round,
        "before": found.before,
        "league": table,
        "method": method,
        "unverified": method.official and any(not band.verified for band in method.bands),
        "map": drawings.region_map(found.round, found.places),
        "chart": drawings.league_chart(found.places, method),
    }
