"""What was decided before on the same rule at the same places of the same body."""

from aiqyn_portal.evidence.models import Audit, FindingRow
from aiqyn_portal.evidence.store import as_finding
from aiqyn_portal.sections.site_audit.models import Ruling

MOST = 20  # decisions looked through


def earlier_ruling(row: FindingRow) -> Ruling | None:
    """Return the last decision from an earlier audit that speaks of every place of `row`.

    None where there is a place nobody has decided on, listed or only counted.
    """
    if row.audit is None or as_finding(row).more:
        return None
    decided = (
        Ruling.objects.filter(
            reply__finding__body=row.body_id,
            reply__finding__rule=row.rule,
            reply__finding__audit__in=Audit.objects.before(row.audit),
        )
        .select_related("reply__finding__audit", "row")
        .order_by("-ruled_at", "-pk")[:MOST]
    )
    found = _places(row)
    return next((each for each in decided if _covers(_places(each.reply.finding), found)), None)


def _places(row: FindingRow) -> frozenset[tuple[str, str]]:
    return frozenset((place.address, place.where) for place in as_finding(row).places)


def _covers(old: frozenset[tuple[str, str]], new: frozenset[tuple[str, str]]) -> bool:
    return new <= old and bool(new) == bool(old)
