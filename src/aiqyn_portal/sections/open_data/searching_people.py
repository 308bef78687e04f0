"""What people make of data, in the one search of the platform."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn.subjects.language import language_of
from aiqyn.text import LANGUAGES
from aiqyn_portal.search import index
from aiqyn_portal.search.kinds import Draft, Kind
from aiqyn_portal.sections.open_data.models import Reuse

REUSE = "data_reuse"


def enter_reuse(row: Reuse) -> None:
    """Bring the entry of what was made of data up to date; what is not shown is not found."""
    if row.is_shown:
        index.put(draft_of_reuse(row))
    else:
        index.remove(REUSE, str(row.pk))


def draft_of_reuse(row: Reuse) -> Draft:
    """What was made of data by its title, its text and the sets it uses."""
    sets: dict[str, list[str]] = {code: [] for code in LANGUAGES}
    for each in row.datasets.all():
        for code in LANGUAGES:
            sets[code].append(each.title.get(code, ""))
    return Draft(
        kind=REUSE,
        key=str(row.pk),
        title=dict.fromkeys(LANGUAGES, row.title),
        view="open_data:reuse",
        arguments={"pk": row.pk},
        summary=_summary(row.text),
        text={"": row.text} | {code: "\n".join(titles) for code, titles in sets.items()},
        day=timezone.localdate(row.told_at),
        is_taught=False,
    )


def _summary(text: str) -> dict[str, str]:
    """The text in its language; one that cannot be told stands for all."""
    told = language_of(text)
    return {told: text} if told in LANGUAGES else dict.fromkeys(LANGUAGES, text)


def _reuses() -> Iterator[Draft]:
    rows = Reuse.objects.shown().prefetch_related("datasets").order_by("pk")
    return (draft_of_reuse(row) for row in rows.iterator(chunk_size=500))


KIND = Kind(REUSE, _("What people make of data"), _reuses)
