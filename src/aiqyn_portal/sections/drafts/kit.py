"""The announcement kit: posts of the right length in both languages, and a card to go with them."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

import vl_convert
from django.utils.translation import gettext as _
from django.utils.translation import override

from aiqyn.catalogue import ROOT
from aiqyn.text import Text, say
from aiqyn_portal.base.formats import say_date
from aiqyn_portal.sections.drafts.models import Discussion, Draft
from aiqyn_portal.sections.drafts.vocabulary import Channel, channels

LANGUAGES = ("kk", "ru")
LINK_IN_X = 23  # characters a link counts for there, however long it is
WIDTH, HEIGHT = 1200, 630  # pixels, as social networks crop their cards
LINE, LINES = 34, 5  # characters and lines of a title on the card


@dataclass(frozen=True)
class Post:
    """A text to copy."""

    channel: str
    title: str
    language: str
    text: str
    length: int  # as the channel counts it
    limit: int


def posts(draft: Draft, discussion: Discussion, links: dict[str, str]) -> list[Post]:
    """Texts for every channel that has posts, in both languages; `links`: language → address."""
    return [
        _as_post(code, channel, language, text, links[language])
        for code, channel in channels().items()
        if channel.limit
        for language in LANGUAGES
        for text in [_post(draft, discussion, channel, language, links[language])]
    ]


def _as_post(code: str, channel: Channel, language: str, text: str, link: str) -> Post:
    length = _counted(text, link, channel)
    return Post(code, say(channel.title, language), language, text, length, channel.limit)


def _post(draft: Draft, discussion: Discussion, channel: Channel, language: str, link: str) -> str:
    """What fits: with the summary, without it, at last with the title cut short."""
    title = say(Text(draft.title), language)
    summary = draft.summary.get(language, "")
    for said in (f"{title}\n\n{summary}" if summary else title, title):
        text = _framed(said, discussion, draft, language, link)
        if _counted(text, link, channel) <= channel.limit:
            return text
    frame = _framed("", discussion, draft, language, link)
    room = channel.limit - _counted(frame, link, channel)
    return _framed(shortened(title, room), discussion, draft, language, link)


def _framed(said: str, discussion: Discussion, draft: Draft, language: str, link: str) -> str:
    with override(language):
        words = {"body": draft.body.name, "until": say_date(discussion.closes_on), "link": link}
        head = _("%(body)s puts a draft up for discussion:") % words
        tail = _("Have your say until %(until)s: %(link)s") % words
    return f"{head}\n{said}\n\n{tail}"


def _counted(text: str, link: str, channel: Channel) -> int:
    return len(text) - (len(link) - LINK_IN_X if channel.host == "x.com" else 0)


def shortened(said: str, room: int) -> str:
    """Whole words of a title that fit, with an ellipsis where something was left out."""
    if len(said) <= room:
        return said
    cut = said[: max(room - 1, 0)]
    return f"{cut.rpartition(' ')[0] or cut}…"


def card(draft: Draft, discussion: Discussion, language: str) -> str:
    """A card as SVG: whose draft, what about, until when."""
    with override(language):
        kind = _("Public discussion of a draft")
        until = _("Comments until %(day)s") % {"day": say_date(discussion.closes_on)}
        site = _("Aiqyn")
    title = say(Text(draft.title), language)
    lines = textwrap.wrap(shortened(title, LINE * LINES - 8), LINE)[:LINES]
    body = shortened(say(Text(draft.body.name), language), 62)
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"',
            f' viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="Golos Text, sans-serif">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#00445b"/>',
            f'<rect y="{HEIGHT - 18}" width="{WIDTH}" height="18" fill="#f2b705"/>',
            *_lines(kind, body, lines, until, site),
            "</svg>",
        ]
    )


def _lines(kind: str, body: str, title: list[str], until: str, site: str) -> Iterator[str]:
    yield _text(kind, 64, 96, 'font-size="30" fill="#f2b705" font-weight="700"')
    yield _text(body, 64, 146, 'font-size="28" fill="#d7edf4"')
    for number, line in enumerate(title):
        look = 'font-size="50" fill="#ffffff" font-weight="700"'
        yield _text(line, 64, 236 + number * 64, look)
    yield _text(until, 64, HEIGHT - 56, 'font-size="32" fill="#ffffff"')
    look = 'font-size="32" fill="#f2b705" font-weight="700" text-anchor="end"'
    yield _text(site, WIDTH - 64, HEIGHT - 56, look)


def _text(said: str, x: int, y: int, look: str) -> str:
    return f'<text x="{x}" y="{y}" {look}>{escape(said)}</text>'


@cache
def _fonts() -> None:
    """Let the renderer know our letters; Kazakh ones are in few fonts."""
    vl_convert.register_font_directory(str(ROOT / "report" / "fonts"))


def png(svg: str) -> bytes:
    """The card as a picture."""
    _fonts()
    return vl_convert.svg_to_png(svg, scale=1.0)
