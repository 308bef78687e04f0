"""Comments of a draft, or of a paragraph, as everybody reads them; drawn once for equal facts.

What is one reader's own stands in places (contributions/marks.py). A thread that has not changed
is not drawn again when another one has.
"""

from collections import defaultdict
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aiqyn_portal.base.drawn import Asked, Drawn, Kept
from aiqyn_portal.contributions.queries import Counts
from aiqyn_portal.sections.drafts import redlining, showing, threads
from aiqyn_portal.sections.drafts.framing import head
from aiqyn_portal.sections.drafts.kept_reading import PIECES_KEPT, DrawnPage, drawn, load
from aiqyn_portal.sections.drafts.models import Draft, Paragraph
from aiqyn_portal.sections.drafts.queries import commenting, talk
from aiqyn_portal.sections.drafts.queries.standing import Edition, Standing

PER_PAGE = 30  # threads
MOST_THREADS = 30 * PER_PAGE  # turned over; of more, those of one paragraph or outcome are asked
ORDERS = ("supported", "new")
drawn_threads_pieces = Kept[SafeString](4 * settings.DRAFT_PAGES_KEPT * PER_PAGE)


class Chosen(NamedTuple):
    """Which comments a reader wants to see."""

    order: str = "supported"
    outcome: str = ""
    page: int = 1
    look: str = "both"  # of the paragraph above them

    @property
    def query(self) -> str:
        """As it stands in addresses: what was chosen and nothing else."""
        said = {"order": self.order, "outcome": self.outcome, "page": self.page, "text": self.look}
        plain = {"order": "supported", "outcome": "", "page": 1, "text": "both"}
        return "&".join(f"{name}={value}" for name, value in said.items() if value != plain[name])


class Said(NamedTuple):
    """All that a list of comments rests on."""

    slug: str
    draft: int  # primary key
    newest: Edition
    anchors: tuple[str, ...] | None  # None: everything said of the draft
    total: int  # of the parts they are in, as the next
    editions: int  # summed up: grows with every change
    is_open: bool


@lru_cache(maxsize=settings.DRAFT_PAGES_KEPT)
def drawn_comments(language: str, found: Standing, *, day: date) -> DrawnPage:
    """Draw the page of all comments. Places: "figures", "say", "threads"."""
    draft = load(found)
    context = {**head(draft), "crumb": draft, "today": day, "LANGUAGE_CODE": language}
    return drawn("drafts/comments_main.html", context, str(draft))


@lru_cache(maxsize=settings.DRAFT_PAGES_KEPT)
def drawn_paragraph(
    language: str, found: Standing, key: int, look: str, query: str, *, day: date
) -> DrawnPage:
    """Draw the page of a paragraph: both texts, how it came to be. Places: "say", "threads"."""
    draft = load(found)
    rows = Paragraph.objects.filter(
        version__draft=draft, version__published_at__isnull=False, key=key
    ).select_related("version")
    row = rows.order_by("-version__number").first()
    if row is None:
        raise Http404(str(key))
    is_alive = row.version_id == found.newest.pk
    context = {
        **head(draft),
        "crumb": draft,
        "today": day,
        "row": row,
        "shown": showing.shown_paragraph(row),
        "is_alive": is_alive,
        "became": [] if is_alive else commenting.became(draft, key),
        "history": redlining.history(rows.order_by("version__number")),
        "look": look,
        "request": Asked("", query),
        "LANGUAGE_CODE": language,
    }
    return drawn("drafts/paragraph_main.html", context, f"{row} – {draft}")


@lru_cache(maxsize=PIECES_KEPT)
def drawn_figures(_language: str, counts: Counts) -> SafeString:
    """Counts above the comments."""
    return render_to_string("drafts/figures.html", {"counts": counts})


@lru_cache(maxsize=settings.DRAFT_PAGES_KEPT)  # some 50 KB each
def drawn_threads(language: str, said: Said, chosen: Chosen, path: str) -> Drawn:
    """Draw one page of comments; `path` is the address they are read at."""
    heads, page = _heads(said, chosen)
    context = {
        "is_open": said.is_open,
        "show_place": said.anchors is None,
        "request": Asked(path, chosen.query),
        "is_kept": True,
        "LANGUAGE_CODE": language,
    }
    shared = (language, path, said.newest, said.is_open)
    beside = _beside(heads)
    keys = {each.pk: (*shared, each.facts, beside.get(each.pk, ())) for each in heads}
    missing = {pk for pk, key in keys.items() if key not in drawn_threads_pieces}
    wanted = missing if missing.isdisjoint(beside) else set(keys)
    anew = _loaded(said, [each for each in heads if each.pk in wanted])
    shown = [
        drawn_threads_pieces.get(
            keys[each.pk], partial(_thread, anew.get(each.pk), said, each, context)
        )
        for each in heads
    ]
    given = {**context, "page": page, "threads": shown, **chosen._asdict()}
    return Drawn(render_to_string("drafts/threads.html", given))


def _heads(said: Said, chosen: Chosen) -> tuple[list[talk.Head], Page[int]]:
    """Heads of the page that is asked for; past the last page it is the last one."""
    wanted = talk.Wanted(said.slug, said.anchors, chosen.outcome)
    counted = talk.counted(wanted, said.total, MOST_THREADS)
    page = Paginator(range(counted), PER_PAGE).get_page(chosen.page)
    skip = (page.number - 1) * PER_PAGE
    return talk.page(wanted, chosen.order, skip=skip, most=PER_PAGE), page


def _beside(heads: list[talk.Head]) -> dict[int, tuple[int, ...]]:
    """Heads of one fold on one page, by each of them: one shows what the others do not."""
    folds: dict[int, list[int]] = defaultdict(list)
    for each in heads:
        if each.fold and not each.group:
            folds[each.fold].append(each.pk)
    return {pk: tuple(found) for found in folds.values() if len(found) > 1 for pk in found}


def _loaded(said: Said, wanted: list[talk.Head]) -> dict[int, threads.Thread]:
    """The threads of these heads, by primary key; nothing is asked that is not shown."""
    if not wanted:
        return {}
    keys = {each.pk for each in wanted}
    rows = commenting.said_of(said.slug).filter(pk__in=keys).select_related("body", "group")
    alone = {each.pk for each in wanted if each.is_alone}
    found = threads.threads(said.slug, list(rows), alone)
    if said.anchors is None or any(each.row.wording for one in found for each in one.everything):
        threads.place(Draft.objects.select_related("newest").get(pk=said.draft), found)
    return {each.head.row.pk: each for each in found}


def _thread(
    thread: threads.Thread | None, said: Said, head: talk.Head, context: dict[str, Any]
) -> SafeString:
    found = thread or _loaded(said, [head])[head.pk]  # let go of by another thread in between
    threads.give_votes(found, head.votes)
    given = {"slug": said.slug, "kind": commenting.KIND, "thread": found}
    return render_to_string("drafts/thread.html", {**context, **given})
