"""Heads, conferences and promises in the one search of the platform: their rows tell of changes.

Questions are there as contributions, with the words of their answers: `contributing.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn.text import LANGUAGES
from aiqyn_portal.search import index
from aiqyn_portal.search.kinds import Draft, Kind
from aiqyn_portal.sections.dialogue.models import Commitment, CommitmentStep, Conference, Head

HEAD, CONFERENCE, COMMITMENT = "head", "conference", "commitment"
CALLED_OFF, WITH_RESULTS = "conference_called_off", "conference_results"


def of_head(head: Head) -> Draft:
    """A head by name and post."""
    said = {code: (head.name.get(code, ""), head.post.get(code, "")) for code in LANGUAGES}
    return Draft(
        kind=HEAD,
        key=head.slug,
        title={code: ", ".join(filter(None, pair)) for code, pair in said.items() if any(pair)},
        view="dialogue:head",
        arguments={"slug": head.slug},
        summary=head.hours,
        body_id=head.body_id,
        day=head.since,
    )


def of_conference(conference: Conference) -> Draft:
    """A conference by its title and agenda, what was said there and what came of it."""
    said = (conference.place, conference.called_off, conference.results, conference.transcript)
    return Draft(
        kind=CONFERENCE,
        key=conference.slug,
        title=conference.title,
        view="dialogue:conference",
        arguments={"slug": conference.slug},
        summary=conference.agenda,
        text={"": conference.slug, **_together(said)},
        body_id=conference.head.body_id,
        status=_status(conference),
        day=timezone.localdate(conference.starts_at),
    )


def _status(conference: Conference) -> str:
    if conference.called_off:
        return CALLED_OFF
    return WITH_RESULTS if conference.results_at else ""


def of_commitment(commitment: Commitment) -> Draft:
    """A promise by its words and by what was told of it since."""
    return Draft(
        kind=COMMITMENT,
        key=str(commitment.pk),
        title=commitment.text,
        view="dialogue:commitment",
        arguments={"pk": commitment.pk},
        text=_together([step.words for step in commitment.steps.all()]),
        body_id=commitment.body_id,
        status=f"{COMMITMENT}_{commitment.state}",
        day=commitment.made_on,
    )


def _together(phrases: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Several phrases as one, language by language."""
    told = {
        code: "\n".join(filter(None, (each.get(code) for each in phrases))) for code in LANGUAGES
    }
    return {code: words for code, words in told.items() if words}


def head_saved(instance: Head, *, raw: bool = False, **_told: Any) -> None:
    if not raw:
        index.put(of_head(instance))


def conference_saved(instance: Conference, *, raw: bool = False, **_told: Any) -> None:
    if not raw:
        index.put(of_conference(instance))


def step_saved(instance: CommitmentStep, *, raw: bool = False, **_told: Any) -> None:
    """Every change of a promise ends with a step of it."""
    if not raw:
        index.put(of_commitment(instance.commitment))


def heads() -> Iterator[Draft]:
    return map(of_head, Head.objects.order_by("pk").iterator(chunk_size=500))


def conferences() -> Iterator[Draft]:
    rows = Conference.objects.select_related("head").order_by("pk")
    return map(of_conference, rows.iterator(chunk_size=500))


def commitments() -> Iterator[Draft]:
    rows = Commitment.objects.prefetch_related("steps").order_by("pk")
    return map(of_commitment, rows.iterator(chunk_size=500))


KINDS = (
    Kind(HEAD, _("Heads of state bodies"), heads),
    Kind(
        CONFERENCE,
        _("Conferences"),
        conferences,
        statuses={
            CALLED_OFF: _("Called off"),
            WITH_RESULTS: pgettext_lazy("conference", "Results are published"),
        },
    ),
    Kind(
        COMMITMENT,
        _("Commitments"),
        commitments,
        statuses={f"{COMMITMENT}_{code}": said for code, said in Commitment.State.choices},
    ),
)
