"""Evidence people handed in becomes public together with the rating that rests on it."""

from collections.abc import Iterable

from aiqyn_portal.evaluation.models import Answer, Round
from aiqyn_portal.evaluation.uploads import media_type_of
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep, store


def make_public(round_: Round) -> None:
    """Describe every decision of the round and its file as snapshots anybody may open."""
    answers = Answer.objects.filter(entry__round=round_).select_related("entry__body")
    publish_answers(answers)


def publish_answers(answers: Iterable[Answer]) -> None:
    """The same for some answers: those of a correction."""
    for answer in answers:
        _describe(answer, answer.record_sha256, "application/json", f"answer:{answer.rule}")
        if answer.file_sha256:
            content = store().get(answer.file_sha256)
            _describe(answer, answer.file_sha256, media_type_of(content), answer.file_name)


def _describe(answer: Answer, sha256: str, media_type: str, address: str) -> None:
    keep(
        store().get(sha256),
        body=answer.entry.body,
        origin=Snapshot.Origin.SECTION,
        address=answer.link or address,
        taken_at=answer.answered_at,
        media_type=media_type,
    )
