"""The text of a draft as everybody reads it, drawn once while its facts are equal."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from aiqyn_portal.base.drawn import Asked, Drawn
from aiqyn_portal.contributions.queries import Counts
from aiqyn_portal.sections.drafts import showing
from aiqyn_portal.sections.drafts.framing import head
from aiqyn_portal.sections.drafts.models import Draft, Version
from aiqyn_portal.sections.drafts.queries.standing import Edition, Standing

PIECES_KEPT = 4096  # of less than 1 KB each


class DrawnPage(NamedTuple):
    """A page but for its open places."""

    title: str
    crumbs: SafeString
    main: Drawn
    is_open: bool  # comments are taken on the day it was drawn for


class Page(NamedTuple):
    """One page of a version, as a reader has chosen it."""

    version: Edition
    part: int
    look: str

    @property
    def asked(self) -> Asked:
        """Its address, with what was chosen and nothing else."""
        chosen = {"text": "" if self.look == "both" else self.look, "part": self.part}
        query = "&".join(f"{name}={said}" for name, said in chosen.items() if said not in ("", 1))
        return Asked("", query)


def load(found: Standing) -> Draft:
    """The row with all that pages show beside it."""
    return Draft.objects.select_related("body", "discussion", "newest").get(pk=found.pk)


@lru_cache(maxsize=1024)
def parts_of(version: Edition) -> int:
    """How many pages a version has."""
    rows = Version.objects.filter(pk=version.pk)
    return rows.aggregate(last=Max("paragraphs__part"))["last"] or 1


@lru_cache(maxsize=settings.DRAFT_PAGES_KEPT)  # some 100 KB each
def drawn_reading(
    language: str,
    origin: str,
    found: Standing,
    _beside: tuple[Any, ...],
    page: Page,
    *,
    day: date,
    may_prepare: bool = False,
) -> DrawnPage:
    """Draw a page of a version in the active language, which `language` names.

    Places: "officer", "counts", "follow", and "count:<key>" beside every paragraph.
    """
    draft = load(found)
    version = Version.objects.get(pk=page.version.pk)
    context = {
        **head(draft),
        "today": day,
        "version": version,
        "is_newest": version.pk == found.newest.pk,
        "reading": showing.read_part(version, page.part),
        "look": page.look,
        "differing": version.paragraphs.exclude(divergences=[]).count(),
        "attachments": draft.attachments.exclude(kind="minutes"),
        "versions": draft.versions.filter(published_at__isnull=False),
        "texts": version.texts.all(),
        "meetings": draft.meetings.select_related("minutes"),
        "now": timezone.now(),
        "may_prepare": may_prepare,
        "request": page.asked,
        "origin": origin,
        "LANGUAGE_CODE": language,
    }
    return drawn("drafts/draft_main.html", context, str(draft))


def drawn(template: str, context: dict[str, Any], title: str) -> DrawnPage:
    """Draw the crumbs and the main part of a page of a draft."""
    of, draft = context["draft"].body, context.get("crumb")
    return DrawnPage(
        title,
        crumbs=render_to_string("drafts/crumbs.html", {"of": of, "draft": draft}),
        main=Drawn(render_to_string(template, context)),
        is_open=not context["why_closed"],
    )


@lru_cache(maxsize=PIECES_KEPT)
def drawn_counts(_language: str, slug: str, counts: Counts) -> SafeString:
    """The line above the text: how many comments, people, decisions."""
    return render_to_string("drafts/counts.html", {"slug": slug, "counts": counts})


@lru_cache(maxsize=PIECES_KEPT)
def drawn_count(_language: str, slug: str, key: int, comments: int) -> SafeString:
    """How many comments stand beside a paragraph."""
    if not comments:
        return SafeString("")
    said = {"slug": slug, "key": key, "comments": comments}
    return render_to_string("drafts/count.html", said)
