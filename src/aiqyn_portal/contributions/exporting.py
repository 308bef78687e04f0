"""All that a person has said and done here, in files that outlive the portal."""

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import msgspec
from django.utils import timezone

from aiqyn.ledger import receipts as papers
from aiqyn.text import inert
from aiqyn_portal.contributions import belongings, kinds, queries, receipts
from aiqyn_portal.contributions.models import Contribution, Vote
from aiqyn_portal.notices import queries as notices

MOST_RECEIPTS = 1_000  # newest ones; the rest are a click away each
COLUMNS = (
    *("number", "kind", "about", "anchor", "made_at", "language", "text", "original_text"),
    *("stance", "wording", "display_name", "state", "outcome", "reason", "shown"),
    *("votes_for", "votes_against", "decided_at", "answer"),
)


def archive(user: Any) -> bytes:
    """Return a ZIP: everything as JSON and as CSV, votes, receipts, what one follows.

    What sections keep of a person is a file of each kind.
    """
    rows = [_row(each) for each in queries.of_author(user).iterator(chunk_size=500)]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("contributions.json", _json(rows))
        made.writestr("contributions.csv", "\ufeff" + _csv(rows))
        made.writestr("votes.json", _json(list(_votes(user))))
        for code, rows_of_kind in belongings.archived(user):
            made.writestr(f"{code}.json", _json(rows_of_kind))
        made.writestr("account.json", _json(_account(user)))
        made.writestr("notices.json", _json(notices.kept_of(user)))
        for each in queries.of_author(user)[:MOST_RECEIPTS]:
            paper = papers.encode(receipts.receipt(each, is_own=True))
            made.writestr(f"receipts/{each.number}.json", paper)
    return held.getvalue()


def _row(each: Contribution) -> dict[str, Any]:
    steps = queries.life(each)
    words = [dict(told.words) for told in steps if told.step.outcome]
    return {
        "number": each.number,
        "kind": each.kind,
        "about": each.about_key,
        "anchor": each.anchor,
        "made_at": timezone.localtime(each.made_at).isoformat(),
        "language": each.language,
        "text": each.text,
        "original_text": each.original_text,
        "stance": each.stance,
        "wording": each.wording,
        "display_name": each.display_name,
        "state": each.state,
        "outcome": each.outcome,
        "reason": each.reason,
        "shown": each.shown,
        "votes_for": each.votes_for,
        "votes_against": each.votes_against,
        "decided_at": timezone.localtime(each.decided_at).isoformat() if each.decided_at else "",
        "answer": words[-1] if words else {},
        "steps": [
            {"number": told.step.number, "at": told.at.isoformat(), "what": told.step.what}
            for told in steps
        ],
    }


def _votes(user: Any) -> Iterator[dict[str, Any]]:
    votes = Vote.objects.filter(user=user).select_related("contribution").order_by("pk")
    for vote in votes.iterator(chunk_size=500):
        at = timezone.localtime(vote.at).isoformat()
        yield {"contribution": vote.contribution.number, "value": vote.value, "at": at}


def _account(user: Any) -> dict[str, Any]:
    return {
        "username": user.get_username(),
        "display_name": user.display_name,
        "email": user.email,
        "joined_at": timezone.localtime(user.date_joined).isoformat(),
        "kinds": {kind.code: str(kind.title) for kind in kinds.kinds()},
    }


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def _csv(rows: list[dict[str, Any]]) -> str:
    held = io.StringIO()
    writer = csv.DictWriter(held, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        said = {**row, "answer": "\n".join(row["answer"].values())}
        writer.writerow({name: inert(str(said[name])) for name in COLUMNS})
    return held.getvalue()
