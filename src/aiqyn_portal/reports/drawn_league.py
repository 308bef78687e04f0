"""The body of a league page, drawn once for each set of facts it shows."""

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.reports import drawings, league
from aiqyn_portal.reports.places import Facts, RoundPlaces, method_of, places_in

KINDS = dict(Body.Kind.choices)


class UnknownKind(ValueError):
    """The address asks for a kind of body that this round does not have."""


class DrawnLeague(NamedTuple):
    title: str
    league: league.League
    main: SafeString


@lru_cache(maxsize=settings.LEAGUE_PAGES_KEPT)  # some 70 KB each
def drawn_league(language: str, sort: str, kind: str, facts: Facts) -> DrawnLeague:
    """Draw a round in the active language, which `language` names.

    `facts` are every row the page rests on: while they are equal, so is the page. Raises
    UnknownKind and UnknownColumn.
    """
    found = places_in(facts)
    kinds = sorted({place.result.kind for place in found.places})
    if kind and kind not in kinds:
        raise UnknownKind(kind)
    table = league.build(found, sort=sort, kind=kind)
    context = _context(found) | {
        "league": table,
        "kinds": tuple((code, str(KINDS[code])) for code in kinds) if len(kinds) > 1 else (),
        "kind": kind,
        "LANGUAGE_CODE": language,
    }
    main = render_to_string("reports/league_main.html", context)
    return DrawnLeague(str(found.round.title), table, main)


def _context(found: RoundPlaces) -> dict[str, object]:
    round_, method = found.round, method_of(found.round.methodology)
    return {
        "code": round_.code,
        "title": str(round_.title),
        "source": str(round_.source) if round_.source else "",
        "is_example": round_.is_example,
        "before": str(found.before.title) if found.before else "",
        "methodology": method.id,
        "method_title": say_phrase(method.title),
        "is_official": method.official,
        "unverified": method.official and any(not band.verified for band in method.bands),
        "map": drawings.region_map(round_, found.places),
        "chart": drawings.league_chart(found.places, round_.methodology),
    }
