"""Sets in the one search of the platform, entered when published, gone when withdrawn; topics."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn.text import LANGUAGES
from aiqyn_portal.notices.topics import Named
from aiqyn_portal.search import index
from aiqyn_portal.search.kinds import Draft, Kind
from aiqyn_portal.sections.open_data.models import Column, Dataset, Harvested, Standing
from aiqyn_portal.sections.open_data.vocabulary import categories

SET = "data_set"
HARVESTED = "harvested_set"


def enter(row: Dataset) -> None:
    """Bring the entry of a set up to date, and have the facets of the catalogue counted anew."""
    if row.is_public:
        Standing.change()
    if row.state == Dataset.State.PUBLISHED:
        index.put(draft(row))
    else:
        index.remove(SET, str(row.pk))


def draft(row: Dataset) -> Draft:
    """A set by its title, description, keywords, category, columns and address."""
    text = {language: "\n".join(words) for language, words in row.keywords.items()}
    category = categories().get(row.category)
    for language, title in category.title.items() if category else ():
        text[language] = f"{text.get(language, '')}\n{title}"
    columns = Column.objects.filter(file__version=row.newest_id).order_by("pk")
    said = [row.name]
    for column in columns:
        said += [column.name, *column.title.values()]
    text[""] = "\n".join(said)
    released = row.newest.released_at if row.newest else row.published_at
    return Draft(
        kind=SET,
        key=str(row.pk),
        title=row.title,
        view="open_data:set",
        arguments={"name": row.name},
        summary=row.description,
        text=text,
        body_id=row.body_id,
        day=timezone.localdate(released) if released else None,
    )


def drafts() -> Iterator[Draft]:
    """Every published set."""
    rows = Dataset.objects.published().select_related("newest").order_by("pk")
    return (draft(row) for row in rows.iterator(chunk_size=500))


def named(name: str) -> Named | None:
    """What the topic of a set is called; None for a set not everybody may read about."""
    row = Dataset.objects.public().filter(name=name).first()
    return Named(row.title, "open_data:set", {"name": name}) if row else None


def enter_harvested(row: Harvested) -> None:
    """Bring the entry of a set of another catalogue up to date."""
    if row.gone_at is None and row.source.is_active:
        index.put(draft_of_harvested(row))
    else:
        index.remove(HARVESTED, str(row.pk))


def draft_of_harvested(row: Harvested) -> Draft:
    """A set of another catalogue: its summary says where it comes from."""
    source = row.source
    said = {code: row.description.get(code, "") for code in LANGUAGES}
    other = "\n".join(
        words
        for phrase in (row.title, row.description)
        for code, words in phrase.items()
        if code not in LANGUAGES
    )
    return Draft(
        kind=HARVESTED,
        key=str(row.pk),
        title=_titled(row),
        view="open_data:harvested",
        arguments={"pk": row.pk},
        summary={code: f"{source.name}. {words}".strip() for code, words in said.items()},
        text={"": f"{other}\n{row.identity}"},
        body_id=source.body_id,
        day=timezone.localdate(row.changed_at),
        is_taught=False,
    )


def _titled(row: Harvested) -> dict[str, str]:
    """The title in our languages; one in no language we know stands for all of them."""
    known = {code: words for code, words in row.title.items() if code in LANGUAGES and words}
    return known or dict.fromkeys(LANGUAGES, str(row))


def harvested_drafts() -> Iterator[Draft]:
    """Every set other catalogues offer."""
    rows = Harvested.objects.offered().select_related("source").defer("passport").order_by("pk")
    return (draft_of_harvested(row) for row in rows.iterator(chunk_size=500))


HARVESTED_KIND = Kind(HARVESTED, _("Data sets of other catalogues"), harvested_drafts)
KIND = Kind(SET, _("Data sets"), drafts)
