"""Drafts of the example bodies: one discussed to its report, one open now, one in preparation.

People who comment here are invented and never sign in. The open discussion begins on the day of
the first start, so that everybody can try it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.utils import timezone

from aiqyn.catalogue import read
from aiqyn.chain import Noun
from aiqyn.text import Text
from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.demo.data import officer_of
from aiqyn_portal.sections.drafts import actions
from aiqyn_portal.sections.drafts.models import Discussion, Draft, Version
from aiqyn_portal.sections.drafts.queries.commenting import KIND

PEOPLE = {"aigerim": "Айгерім", "daulet": "Дәулет С.", "marina": "Марина", "serik": "Серік"}
DAYS = 45  # of a discussion
LANGUAGES = ("kk", "ru")
NOTES = {"kk": "Түсіндірме жазба", "ru": "Пояснительная записка"}


class Said(Noun, frozen=True, kw_only=True):
    """One comment, and what becomes of it."""

    by: str
    language: str
    text: str
    place: str = ""
    stance: str = ""
    wording: str = ""
    votes: tuple[str, ...] = ()
    replies: tuple["Said", ...] = ()
    outcome: str = ""
    reason: str = ""
    words: Text = Text({})
    changed: str = ""  # how the changed paragraph begins


class Example(Noun, frozen=True, kw_only=True):
    """One draft and how far it has come."""

    name: str
    body: str
    type: str
    category: str
    title: Text
    phone: str
    ends: Literal["prepared", "open", "redrafted"]
    summary: Text = Text({})
    responsible: Text = Text({})
    post: str = ""
    changed: Text = Text({})  # what the second version changes
    meeting: Text = Text({})
    comments: tuple[Said, ...] = ()


def load_drafts(officer: User, say: Callable[[str], object]) -> None:
    """Put the drafts of `examples/drafts` up, once; `officer` speaks for one of the bodies."""
    if Draft.objects.exists():
        return
    examples = read(_folder() / "drafts.yaml", tuple[Example, ...])
    people = {name: _citizen(name) for name in PEOPLE}
    for example in examples:
        by = officer_of(Body.objects.get(code=example.body), officer)
        _carry(example, by, people)
    say(f"  {len(examples)} example drafts are discussed, open and in preparation")


def _folder() -> Path:
    return Path(settings.ROOT) / "examples" / "drafts"


def _citizen(name: str) -> User:
    user, is_new = User.objects.get_or_create(username=f"example-{name}")
    if is_new:
        user.set_unusable_password()
        user.save()
    return user


def _carry(example: Example, by: User, people: dict[str, User]) -> None:
    """Bring a draft as far as it has come."""
    now = timezone.now()
    at = now - timedelta(days=DAYS) if example.ends == "redrafted" else now
    draft = _prepared(example, by, at)
    if example.ends == "prepared":
        return
    opens_on = timezone.localdate(at)
    opening = actions.Opening(opens_on=opens_on, closes_on=opens_on + timedelta(days=DAYS))
    actions.start_discussion(draft, opening, by=by, at=at)
    draft = _fresh(draft)
    if example.post:
        actions.add_announcement(draft, "telegram", example.post, told_on=opens_on, by=by, at=at)
    if example.meeting:
        _invite(draft, Phrase(example.meeting), by, now)
    rows = [(said, _comment(draft, said, people)) for said in example.comments]
    if example.ends == "redrafted":
        _finish(draft, example, rows, by)


def _prepared(example: Example, by: User, at: datetime) -> Draft:
    draft = actions.start_draft(Body.objects.get(code=example.body), by=by, at=at)
    _upload(draft, example.name, by, at)
    passport = actions.Passport(
        title=Phrase(example.title),
        type=example.type,
        category=example.category,
        summary=Phrase(example.summary),
        responsible=Phrase(example.responsible),
        phone=example.phone,
    )
    draft = actions.change_passport(draft, passport, seen=draft.edition, by=by, at=at)
    for language in LANGUAGES:
        name = f"{example.name}-note-{language}.txt"
        content = (_folder() / name).read_bytes()
        file = actions.File(
            kind="note", title=NOTES[language], name=name, content=content, language=language
        )
        actions.attach(draft, file, by=by, at=at)
    return draft


def _upload(draft: Draft, name: str, by: User, at: datetime) -> Version:
    """Read the texts into the version in preparation."""
    version = draft.versions.get(published_at__isnull=True)
    version.draft = draft
    files = {code: _folder() / f"{name}-v{version.number}-{code}.txt" for code in LANGUAGES}
    uploads = [
        actions.Upload(language=code, name=file.name, content=file.read_bytes())
        for code, file in files.items()
    ]
    actions.take_texts(version, uploads, by=by, at=at)
    return version


def _fresh(draft: Draft) -> Draft:
    return Draft.objects.select_related("body", "newest", "discussion").get(pk=draft.pk)


def _invite(draft: Draft, place: Phrase, by: User, now: datetime) -> None:
    day = timezone.localtime(now) + timedelta(days=7)
    starts = day.replace(hour=15, minute=0, second=0, microsecond=0)
    invitation = actions.Invitation(
        kind="hours",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place=place,
        stream="https://www.youtube.com/@example",
    )
    actions.announce_meeting(draft, invitation, by=by, at=now)


def _key(draft: Draft, beginning: str) -> str:
    """The stable number of the paragraph whose Kazakh text begins so; "" for the whole draft."""
    if not beginning or draft.newest is None:
        return ""
    return str(draft.newest.paragraphs.get(text_kk__startswith=beginning).key)


def _comment(
    draft: Draft, said: Said, people: dict[str, User], parent: Contribution | None = None
) -> Contribution:
    row = contributions.receive(
        KIND,
        draft.slug,
        author=people[said.by],
        form_key=f"example-{Contribution.objects.count()}",
        text=said.text,
        language=said.language,
        anchor=parent.anchor if parent else _key(draft, said.place),
        stance=said.stance,
        wording=said.wording,
        parent=parent,
        display_name=PEOPLE[said.by],
    )
    for reply in said.replies:
        _comment(draft, reply, people, row)
    for voter in said.votes:
        contributions.support(row, people[voter], 1)
    return row


def _finish(
    draft: Draft, example: Example, rows: list[tuple[Said, Contribution]], by: User
) -> None:
    """Decide about every comment, publish the report, then the second version."""
    now = timezone.now()
    for said, row in rows:
        words = Phrase(said.words)
        decision = actions.Decision(outcome=said.outcome, reason=said.reason, words=words)
        actions.decide(draft, [row], decision, by=by)
    # everything was said within the term: it ended yesterday
    yesterday = timezone.localdate(now) - timedelta(days=1)
    Discussion.objects.filter(draft=draft).update(closes_on=yesterday)
    actions.close_discussion(_fresh(draft), by=by, at=now)
    draft = _fresh(draft)
    actions.start_version(draft, by=by, at=now)
    version = _upload(draft, example.name, by, now)
    actions.set_note(version, Phrase(example.changed), by=by)
    actions.publish_version(draft, by=by, at=now)
    draft = _fresh(draft)
    for said, row in rows:
        if said.changed:
            actions.reflect(draft, row, int(_key(draft, said.changed)), Phrase(), by=by)
