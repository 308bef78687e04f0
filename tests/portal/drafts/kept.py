"""What the tests of kept pages share: pages, people, and how to forget what is kept."""

import re
from dataclasses import dataclass

from django.test import Client

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base import drawn
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.drafts import kept_comments, kept_reading
from aiqyn_portal.sections.drafts.models import Draft

KEPT = (
    kept_reading.drawn_reading,
    kept_comments.drawn_comments,
    kept_comments.drawn_paragraph,
    kept_comments.drawn_threads,
)


def address(draft, place="comments/", language="en"):
    return f"/{language}/drafts/{draft.slug}/{place}"


def page(draft, place="comments/", client=None, language="en"):
    """What a page shows, markup included, but for what is new each time."""
    answer = (client or Client()).get(address(draft, place, language))
    assert answer.status_code == 200
    html = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert drawn._SECRET not in html
    return re.sub(r'value="[^"]{30,}"', "", html)


def clear():
    for kept in KEPT:
        kept.cache_clear()
    kept_comments.drawn_threads_pieces.clear()


def voted(row, by, value=1):
    contributions.support(row, by, value)


@dataclass
class Scene:
    """A draft with one comment, and everybody who may do something about it."""

    draft: Draft
    said: Contribution
    neighbour: User
    officer: User
    moderator: User
    head: User

    @property
    def citizen(self) -> User:
        return self.said.author
