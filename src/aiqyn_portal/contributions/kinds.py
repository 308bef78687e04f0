"""Kinds of contributions: comments on drafts, questions, ideas. Each section offers its own.

A section says in its AppConfig.ready:

    kinds.register(Kind("draft_comment", title=…, section="drafts", about=about_draft))

and everything else (posting, fate, cabinet, queue, moderation, receipts) is here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from aiqyn.text import Text
from aiqyn_portal.accounts.permissions import officer_body_ids
from aiqyn_portal.base.promises import StrOrPromise

if TYPE_CHECKING:
    from aiqyn_portal.contributions.models import Contribution

OUTCOMES = ("accepted", "partly", "declined", "passed_on")


@dataclass(frozen=True)
class About:
    """What a contribution speaks of: a draft, a conference, a head of a body."""

    title: StrOrPromise | Mapping[str, str]
    view: str  # name of its page
    arguments: Mapping[str, Any] = field(default_factory=dict)
    body_id: int | None = None  # the body that will decide
    is_open: bool = True  # whether one may still contribute
    why_closed: StrOrPromise = ""
    due_on: date | None = None  # by when all that is said about it is decided; None: the term says


def by_officers(user: Any, contribution: "Contribution") -> bool:
    """An officer of the body decides."""
    return contribution.body_id in officer_body_ids(user)


@dataclass(frozen=True)
class Kind:
    """One kind of contribution."""

    code: str
    title: StrOrPromise  # "Comment on a draft"
    section: str  # label of the section it belongs to
    about: Callable[[str], About | None]  # None: there is nothing of this key
    outcomes: tuple[str, ...] = OUTCOMES
    measured_by: str = ""  # the rule that counts whether its decisions come, and are explained
    term: str | None = None  # code of the legal term that starts at registration
    term_again: str | None = None  # the term of a second decision, after it was opened again
    may_decide: Callable[[Any, "Contribution"], bool] = by_officers
    registers_at_once: bool = True  # False: an officer registers each by hand
    stances: bool = False  # whether one says "for" or "against"
    votes_against: bool = True  # False: one only supports, a question cannot be voted down
    wordings: bool = False  # whether one may propose the words of a paragraph
    passing_ends: bool = True  # False: what is passed on waits for the other body
    replies: bool = True  # False: what is said in reply is said elsewhere
    reflects: bool = True  # False: the section itself says where it is reflected
    tells_voters: bool = False  # whether who is for it is told of decisions, too
    # whether there is a part of this name: (key, anchor); None: any name will do
    has_part: Callable[[str, str], bool] | None = None
    # words of its own for states and outcomes: an "accepted" question is an answered one
    said: Mapping[str, StrOrPromise] = field(default_factory=dict)
    # whose words these are; "": of all kinds of the section that have any
    said_by: str = ""
    # whether one is also found by the words of its decisions: an answer has words worth finding
    found_by_decision: bool = False
    # what its authors are told of a step in other words than those of told.yaml
    told: Mapping[str, Text] = field(default_factory=dict)
    # the address of the section's own page on which it is written, by its key; None: the common one
    write_at: Callable[[str], str] | None = None
    # name of the section's own page to decide on, given `?number=…`; "": the common one
    decide_at: str = ""
    # name of the section's own page of one, given its `number`: where searches and lists lead
    page: str = "contributions:one"
    # the address at which one stands among the others, on a page of the section's own; or ""
    place: Callable[["Contribution"], str] | None = None
    # what else is done, in the same transaction, when a contribution is made or has moved on:
    # (contribution, what happened); `what` is a value of Step.What
    then: Callable[["Contribution", str], None] | None = None


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _KINDS[kind.code] = kind


def kinds() -> list[Kind]:
    return list(_KINDS.values())


def get(code: str) -> Kind | None:
    return _KINDS.get(code)


def about(kind: str, key: str) -> About | None:
    """Return what contributions of this kind and key speak of; None where it is gone."""
    known = _KINDS.get(kind)
    return known.about(key) if known else None


def said_of(code: str, state: str) -> StrOrPromise:
    """The kind's own word for a state or an outcome; "" where the common one will do."""
    return _KINDS[code].said.get(state, "") if code in _KINDS else ""


def standing_of(contribution: "Contribution") -> str:
    """What there is to say of a public one: its state while it waits; else what was decided, or
    that it is reflected where its kind has a word for that.
    """
    is_reflected = bool(said_of(contribution.kind, "reflected")) and (
        contribution.state in ("reflected", "done")
        and contribution.outcome in ("accepted", "partly")
    )
    return "reflected" if is_reflected else contribution.outcome or contribution.state


def takes_votes(contribution: "Contribution") -> bool:
    """Whether what it speaks of is still open."""
    found = about(contribution.kind, contribution.about_key)
    return found is not None and found.is_open


def takes_votes_against(code: str) -> bool:
    return code not in _KINDS or _KINDS[code].votes_against


def place_of(contribution: "Contribution") -> str:
    """Where it stands among what others say; "" where its kind has no such page."""
    kind = _KINDS.get(contribution.kind)
    return kind.place(contribution) if kind and kind.place else ""


def title_of(code: str) -> StrOrPromise:
    return _KINDS[code].title if code in _KINDS else code
