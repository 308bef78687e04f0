"""Published contributions in the one search of the platform, and as something to follow.

They are entered when they are sealed, moments after they were written: whoever writes does not
wait for it.
"""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn.text import LANGUAGES, first_sentence
from aiqyn_portal.contributions import kinds
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.notices.topics import Named, Topic
from aiqyn_portal.search import index
from aiqyn_portal.search.kinds import Draft, Kind

CONTRIBUTION = "contribution"
LONGEST_TITLE = 120
STATUSES = {
    "waiting": _("Waiting for a decision"),
    **dict(Contribution.Outcome.choices),
}


def enter(contributions: Iterable[Contribution]) -> None:
    """Bring the entries of these up to date; what is not public is taken out."""
    rows = list(contributions)
    index.put_many(draft(row) for row in rows if row.is_public)
    for row in rows:
        if not row.is_public:
            index.remove(CONTRIBUTION, row.number)


def draft(row: Contribution) -> Draft:
    """A contribution by its first sentence, its text and the words of the decision."""
    text = row.text or row.wording
    language = row.language if row.language in LANGUAGES else ""
    title = _shortened(first_sentence(text).replace("\n", " "))
    return Draft(
        kind=CONTRIBUTION,
        key=row.number,
        title={language: title} if language else dict.fromkeys(LANGUAGES, title),
        view=_page(row),
        arguments={"number": row.number},
        summary={language: text} if language else {},
        text={"": row.number},
        body_id=row.body_id,
        status=row.outcome or "waiting",
        day=timezone.localdate(row.made_at),
        is_taught=False,
    )


def _page(row: Contribution) -> str:
    """The section's own page of it; a reply is shown by itself."""
    kind = kinds.get(row.kind)
    return kind.page if kind and row.parent_id is None else "contributions:one"


def drafts() -> Iterator[Draft]:
    """Every published contribution."""
    for row in Contribution.objects.public().order_by("pk").iterator(chunk_size=500):
        yield draft(row)


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_TITLE:
        return text
    return text[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def _named(number: str) -> Named | None:
    row = Contribution.objects.public().filter(number=number).first()
    if row is None:
        return None
    titled = dict.fromkeys(LANGUAGES, f"№ {number}. {_shortened(first_sentence(row.text))}")
    return Named(titled, "contributions:one", {"number": number})


KIND = Kind(CONTRIBUTION, _("Comments and questions"), drafts, STATUSES)
TOPIC = Topic(CONTRIBUTION, _("Comment or question"), _named)
