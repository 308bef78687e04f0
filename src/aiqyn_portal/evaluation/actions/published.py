"""Figures somebody else published, loaded as a round that is final from the start."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from aiqyn import chain
from aiqyn.scoring.engine import rank, score
from aiqyn.scoring.integrity import Note, check_table
from aiqyn.scoring.methodology import Methodology, digest, methodology
from aiqyn.scoring.published import findings_from_table, table_bytes
from aiqyn.scoring.tables import Description, describe
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation.actions.rows import frozen_row, write_down
from aiqyn_portal.evaluation.models import Entry, FigureNote, Rating, Round
from aiqyn_portal.evaluation.refusals import BodyNotInRegistry
from aiqyn_portal.evaluation.standing import Known
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep
from aiqyn_portal.trail.actions import SYSTEM


@transaction.atomic
def load_published(
    round_code: str, methodology_id: str, table: str, *, year: int, at: datetime
) -> Round:
    """Load one year of a published table of the library; a round already loaded is left alone.

    Points are what the criteria add up to; where the printed total differs, a
    FigureNote says so. Raises BodyNotInRegistry, InputError for an impossible figure.
    """
    loaded = Round.objects.filter(code=round_code).first()
    if loaded is not None:
        return loaded
    method = methodology(methodology_id)
    description = describe(table)
    figures = findings_from_table(table, method)
    bodies = _bodies(figures)
    round_ = _round(round_code, method, description, year=year, at=at)
    entries = {code: Entry.objects.create(round=round_, body=bodies[code]) for code in figures}
    _keep_table(table, description, at=at)
    made = _keep_ratings(entries, figures, method, at=at)
    _keep_notes(round_, entries, check_table(table), description)
    write_down(
        SYSTEM,
        "figures.loaded",
        f"round:{round_code}",
        {"table": table, "ratings": {r.entry.body.code: r.tree_sha256 for r in made}},
    )
    return round_


def _bodies(figures: Mapping[str, object]) -> dict[str, Body]:
    bodies = {body.code: body for body in Body.objects.filter(code__in=list(figures))}
    absent = sorted(set(figures) - set(bodies))
    if absent:
        raise BodyNotInRegistry(", ".join(absent))
    return bodies


def _round(
    code: str, method: Methodology, description: Description, *, year: int, at: datetime
) -> Round:
    return Round.objects.create(
        code=code,
        title=Phrase(method.title),
        methodology=method.id,
        methodology_sha256=digest(method.id),
        since=date(year, 1, 1),
        until=date(year, 12, 31),
        state=Round.State.FINAL,
        published_at=at,
        source=Phrase(description.source),
    )


def _keep_table(table: str, description: Description, *, at: datetime) -> None:
    """The table as printed, kept once however many rounds are loaded from it."""
    address = description.url or table
    if Snapshot.objects.filter(origin=Snapshot.Origin.TABLE, address=address).exists():
        return
    keep(
        table_bytes(table),
        body=None,
        origin=Snapshot.Origin.TABLE,
        address=address,
        taken_at=at,
        media_type="text/csv",
    )


def _keep_ratings(
    entries: Mapping[str, Entry],
    figures: Mapping[str, Sequence[chain.Finding]],
    method: Methodology,
    *,
    at: datetime,
) -> list[Rating]:
    ratings = [score(code, findings, method) for code, findings in figures.items()]
    return [
        frozen_row(
            entries[rating.body],
            rating,
            Known(list(figures[rating.body]), []),
            made_at=at,
            stage=Rating.Stage.FINAL,
            rank=place,
        )
        for place, rating in rank(ratings, method)
    ]


def _keep_notes(
    round_: Round,
    entries: Mapping[str, Entry],
    notes: Sequence[Note],
    description: Description,
) -> None:
    """Remarks on this round's figures; those on both years stand with the newest round."""
    newest = description.rounds[-1].methodology
    FigureNote.objects.bulk_create(
        [
            FigureNote(
                round=round_,
                entry=entries.get(note.body),
                code=note.code,
                text=Phrase(note.text),
                details={
                    "place": note.place,
                    "column": note.column,
                    "printed": note.printed,
                    "computed": note.computed,
                    "holds": note.holds,
                },
            )
            for note in notes
            if (note.methodology or newest) == round_.methodology
        ]
    )
