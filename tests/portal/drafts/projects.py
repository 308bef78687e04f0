"""Drafts for tests: small texts in both languages, and drafts at every step of their life."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.drafts import actions
from aiqyn_portal.sections.drafts.models import CategoryReport, Draft, Meeting, Version
from aiqyn_portal.sections.drafts.queries.commenting import KIND

EXAMPLES = Path(__file__).parents[3] / "examples" / "drafts"
HEAD = {
    "kk": "Иттерді серуендету қағидаларын бекіту туралы\nШымкент қаласы әкімдігінің қаулысы\n",
    "ru": "Об утверждении Правил выгула собак\nПостановление акимата города Шымкента\n",
}
FIRST = {
    "kk": (
        "1. Иттер арнайы белгіленген алаңдарда ғана серуендетіледі.",
        "2. Иесі итті серуендеткен кезде қысқа қарғыбау мен тұмылдырық пайдаланады.",
        "3. Алаңдар тұрғын үйден 25 метрден жақын орналаспайды.",
        "4. Осы қаулы алғашқы ресми жарияланған күнінен бастап қолданысқа енгізіледі.",
    ),
    "ru": (
        "1. Собаки выгуливаются только на специально отведённых площадках.",
        "2. Владелец при выгуле собаки пользуется коротким поводком и намордником.",
        "3. Площадки располагаются не ближе 20 метров от жилого дома.",
        "4. Настоящее постановление вводится в действие со дня первого опубликования.",
    ),
}
SECOND = {
    # the second point is reworded, the third taken out, a new one comes after the first
    "kk": (
        FIRST["kk"][0],
        "2. Әкімдік алаңдардың тізімін өзінің сайтында жариялайды.",
        "3. Ірі иттің иесі итті серуендеткен кезде қысқа қарғыбау мен тұмылдырық пайдаланады.",
        FIRST["kk"][3],
    ),
    "ru": (
        FIRST["ru"][0],
        "2. Акимат публикует перечень площадок на своём сайте.",
        "3. Владелец крупной собаки при выгуле собаки пользуется коротким поводком и намордником.",
        FIRST["ru"][3],
    ),
}
PASSPORT = actions.Passport(
    title=Phrase(kk="Иттерді серуендету қағидалары", ru="Правила выгула собак"),
    type="akimat_resolution",
    category="ecology",
    summary=Phrase(kk="Иттер алаңда ғана серуендетіледі.", ru="Собак выгуливают на площадках."),
    responsible=Phrase(kk="Ветеринария бөлімі", ru="Отдел ветеринарии"),
    phone="+7 7252 00-00-00",
)
NOTE = actions.File(kind="note", title="Түсіндірме жазба", name="jazba.pdf", content=b"%PDF-1.7 .")
WORDS = Phrase(
    kk="Ірі иттер туралы ұсыныс 3-тармаққа енгізілді.",
    ru="Предложение о крупных собаках включено в пункт 3.",
)
AT = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
_keys = count()


def text_of(language: str, points: dict[str, tuple[str, ...]]) -> bytes:
    return (HEAD[language] + "\n".join(points[language]) + "\n").encode()


def upload(version: Version, points: dict[str, tuple[str, ...]], by: User) -> None:
    """Both texts into a version in preparation."""
    given = [
        actions.Upload(language=code, name=f"{code}.txt", content=text_of(code, points))
        for code in ("kk", "ru")
    ]
    actions.take_texts(version, given, by=by, at=AT)


def prepared(body: Body, by: User) -> Draft:
    """A draft with all that a discussion needs."""
    draft = actions.start_draft(body, by=by, at=AT)
    upload(draft.versions.get(), FIRST, by)
    draft = actions.change_passport(draft, PASSPORT, seen=draft.edition, by=by, at=AT)
    actions.attach(draft, NOTE, by=by, at=AT)
    return draft


def opened(body: Body, by: User) -> Draft:
    """A draft that can be commented today."""
    draft = prepared(body, by)
    today = timezone.localdate()
    opening = actions.Opening(opens_on=today, closes_on=today + timedelta(days=40))
    actions.start_discussion(draft, opening, by=by, at=timezone.now())
    return fresh(draft)


def invited(draft: Draft, by: User) -> Meeting:
    """A hearing in three days."""
    starts = timezone.now() + timedelta(days=3)
    invitation = actions.Invitation(
        kind="hearing",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place=Phrase(kk="Әкімдік, 2-қабат", ru="Акимат, 2 этаж"),
    )
    return actions.announce_meeting(draft, invitation, by=by, at=timezone.now())


class Project(NamedTuple):
    """A draft with one of everything that hangs on it."""

    draft: Draft
    comment: Contribution
    meeting: Meeting
    report: CategoryReport


def with_everything(body: Body, officer: User, reader: User) -> Project:
    """Two versions, a third in preparation; a comment, a meeting, a doubtful category."""
    draft = opened(body, officer)
    said = comment(draft, reader, "2")
    draft = second_version(draft, officer)
    now = timezone.now()
    actions.start_version(draft, by=officer, at=now)
    report = actions.report_category(draft, "education", "", by=reader)
    meeting = invited(draft, officer)
    return Project(draft, said, meeting, report)


def fresh(draft: Draft) -> Draft:
    """The row as it stands now."""
    return Draft.objects.select_related("body", "newest", "discussion").get(pk=draft.pk)


def comment(draft: Draft, by: User, anchor: str = "", **given: Any) -> Contribution:
    said = {"text": "Тұмылдырық кішкентай иттерге керек емес деп ойлаймын.", **given}
    return contributions.receive(
        KIND,
        draft.slug,
        author=by,
        form_key=f"f-{next(_keys)}",
        language="kk",
        anchor=anchor,
        **said,
    )


def decided(draft: Draft, rows: list[Contribution], by: User, **given: Any) -> None:
    said = {"outcome": "accepted", "reason": "improves", "words": WORDS, **given}
    actions.decide(draft, rows, actions.Decision(**said), by=by)


def over(draft: Draft) -> Draft:
    """The same draft on the day after its last."""
    yesterday = timezone.localdate() - timedelta(days=1)
    discussion = draft.discussion
    assert discussion is not None
    discussion.opens_on = discussion.due_on = date(2026, 1, 5)
    discussion.closes_on = yesterday
    discussion.save()
    return fresh(draft)


def reported(draft: Draft, by: User) -> Draft:
    """The same draft with its report."""
    actions.close_discussion(over(draft), by=by, at=timezone.now())
    return fresh(draft)


def second_version(draft: Draft, by: User) -> Draft:
    """The same draft redrafted."""
    version = actions.start_version(draft, by=by, at=timezone.now())
    version.draft = draft
    upload(version, SECOND, by)
    actions.publish_version(draft, by=by, at=timezone.now())
    return fresh(draft)
