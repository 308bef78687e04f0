"""Drafts in the one search of the platform: entered when they are public."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn_portal.search import index
from aiqyn_portal.search.kinds import Draft as Entry
from aiqyn_portal.search.kinds import Kind
from aiqyn_portal.sections.drafts.models import Draft
from aiqyn_portal.sections.drafts.vocabulary import categories, types

DRAFT = "draft"
LONGEST = 400_000  # characters of a text that are searched


def enter(draft: Draft) -> None:
    """Bring the entry of a draft up to date."""
    if draft.is_public:
        index.put(entry(draft))
    else:
        index.remove(DRAFT, str(draft.pk))


def entry(draft: Draft) -> Entry:
    """A draft by its title, summary, type, category, number and the words of its newest text."""
    said = {"": draft.slug}
    for language in ("kk", "ru"):
        said[language] = _text(draft, language)
    for phrase in (types().get(draft.type), categories().get(draft.category)):
        for language, words in (phrase or {}).items():
            said[language] = f"{words}\n{said.get(language, '')}"
    discussion = draft.discussion
    return Entry(
        kind=DRAFT,
        key=str(draft.pk),
        title=draft.title,
        view="drafts:draft",
        arguments={"slug": draft.slug},
        summary=draft.summary,
        text=said,
        body_id=draft.body_id,
        status=f"draft_{draft.state}",
        day=discussion.opens_on if discussion else timezone.localdate(draft.created_at),
    )


def _text(draft: Draft, language: str) -> str:
    if draft.newest_id is None:
        return ""
    words = draft.newest.paragraphs.values_list(f"text_{language}", flat=True)  # type: ignore[union-attr]
    return "\n".join(words.iterator())[:LONGEST]


def entries() -> Iterator[Entry]:
    """Every public draft."""
    rows = Draft.objects.public().select_related("newest", "discussion").order_by("pk")
    return (entry(row) for row in rows.iterator(chunk_size=100))


KIND = Kind(
    DRAFT,
    _("Draft acts"),
    entries,
    statuses={
        "draft_discussion": pgettext_lazy("draft act", "In discussion"),
        "draft_reported": pgettext_lazy("draft act", "Discussion is over"),
        "draft_adopted": pgettext_lazy("draft act", "Adopted"),
        "draft_withdrawn": pgettext_lazy("draft act", "Withdrawn"),
    },
)
