"""Data sets of the example bodies: published as officers and a moderator would, on days of theirs.

Each file is read in this process: at a first start another process for each would take longer
than all the rest.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.utils import timezone

from aiqyn.catalogue import read
from aiqyn.chain import Noun
from aiqyn.text import Text
from aiqyn_portal.accounts.models import Membership, User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.actions.receiving import Said
from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.actions.demand import Promise
from aiqyn_portal.sections.open_data.actions.files import Words
from aiqyn_portal.sections.open_data.child import examine
from aiqyn_portal.sections.open_data.models import Dataset, File, Idea, Reuse, Use, Version

RESPONSIBLE = Phrase(
    kk="Ашық деректерге жауапты бөлім",
    ru="Отдел, ответственный за открытые данные",
    en="Office of open data",
)
LIST = "Үлгі тізбе, 2026 жыл / Перечень для примера, 2026 год"
TODAY = date(2026, 11, 20)  # of the sets that are still in preparation
DAYS_COUNTED = 30


class Release(Noun, frozen=True, kw_only=True):
    """One version: its files by the names they are published under."""

    files: dict[str, str]
    released: date = TODAY
    note: Text = Text({})


class Example(Noun, frozen=True, kw_only=True):
    """One set and how far it has come."""

    name: str
    body: str
    title: Text
    description: Text
    keywords: dict[str, list[str]]
    category: str
    frequency: str
    versions: tuple[Release, ...]
    since: date | None = None
    until: date | None = None
    columns: dict[str, tuple[Text, ...]] = {}
    ends: Literal["published", "withdrawn", "review", "draft"] = "published"
    reason: str = ""
    uses: dict[str, int] = {}


def load_data(officer: User, moderator: User, say: Callable[[str], object]) -> None:
    """Publish the sets of `examples/data`, once; `officer` speaks for one of the bodies."""
    if Dataset.objects.exists():
        return
    folder = Path(settings.ROOT) / "examples" / "data"
    examples = read(folder / "sets.yaml", tuple[Example, ...])
    for example in examples:
        body = Body.objects.get(code=example.body)
        by = officer_of(body, officer)
        row = _prepared(example, body, by)
        for release in example.versions:
            _add_files(row, example, release, folder, by)
            if example.ends != "draft":
                actions.submit(_open(row), by=by, at=_noon(release.released))
            if example.ends in ("published", "withdrawn"):
                actions.release(_open(row), by=moderator, at=_noon(release.released))
        _end(row, example, by)
    _promise(moderator)
    _ask(officer, moderator)
    _show(officer, moderator)
    say(f"  {len(examples)} example sets of open data are read, graded and published")


def officer_of(body: Body, officer: User) -> User:
    """Who speaks for the body: the demonstration's officer, or somebody who never signs in."""
    if Membership.objects.filter(user=officer, body=body).exists():
        return officer
    user, is_new = User.objects.get_or_create(username=f"officer-{body.code}")
    if is_new:
        user.set_unusable_password()
        user.save()
        Membership.objects.create(user=user, role=Membership.Role.OFFICER, body=body)
    return user


def _prepared(example: Example, body: Body, by: User) -> Dataset:
    at = _noon(example.versions[0].released)
    row = actions.start_set(body, example.name, by=by, at=at)
    passport = actions.Passport(
        name=example.name,
        title=Phrase(example.title),
        description=Phrase(example.description),
        keywords=example.keywords,
        category=example.category,
        licence="cc-by-4.0",
        frequency=example.frequency,
        responsible=RESPONSIBLE,
        phone="+7 700 000 00 00",
        email=f"data@{body.code}.example",
        since=example.since,
        until=example.until,
        languages=["kk"],
    )
    return actions.change_passport(row, passport, seen=row.edition, by=by, at=at)


def _open(row: Dataset) -> Version:
    version = row.versions.exclude(state=Version.State.RELEASED).get()
    version.dataset = Dataset.objects.select_related("body", "newest").get(pk=row.pk)
    return version


def _add_files(row: Dataset, example: Example, release: Release, folder: Path, by: User) -> None:
    at = _noon(release.released)
    if row.versions.filter(state=Version.State.RELEASED).exists():
        fresh = Dataset.objects.select_related("body").get(pk=row.pk)
        actions.start_version(fresh, by=by, at=at)
    version = _open(row)
    if release.note:
        actions.set_note(version, Phrase(release.note), by=by)
    for name, source in release.files.items():
        file = actions.add_upload(version, name, (folder / source).read_bytes(), by=by, at=at)
        actions.read_file(file.pk, clock=lambda: at, examine=examine)
        _describe(file, example.columns.get(name, ()), by, at)


def _describe(file: File, said: tuple[Text, ...], by: User, at: datetime) -> None:
    words = {number: Words(title=Phrase(title)) for number, title in enumerate(said, start=1)}
    actions.describe_columns(file, words, by=by, at=at)


def _end(row: Dataset, example: Example, by: User) -> None:
    row = Dataset.objects.select_related("body").get(pk=row.pk)
    if example.ends == "withdrawn":
        actions.withdraw(row, example.reason, by=by, at=_noon(TODAY))
    for kind, total in example.uses.items():
        for back in range(DAYS_COUNTED):
            times = total // DAYS_COUNTED + (back < total % DAYS_COUNTED)
            day = TODAY - timedelta(days=back)
            if times:
                actions.count_use(row, Use.Kind(kind), day=day, times=times)


PROMISED = (
    # body, title, due, the set that fulfils it
    ("kz-example-good", "Мектептер тізімі", "Список школ", date(2025, 12, 31), "mektepter"),
    (
        "kz-example-good",
        "Бюджеттің орындалуы",
        "Исполнение бюджета",
        date(2026, 3, 31),
        "biudzhet-oryndaluy",
    ),
    ("kz-example-good", "Ауа сапасы", "Качество воздуха", date(2026, 6, 30), "aua-sapasy"),
    ("kz-example-good", "Дәріханалар", "Аптеки", date(2026, 12, 31), ""),
    ("kz-example-poor", "Халық саны", "Численность населения", date(2025, 9, 30), "khalyq-sany"),
    ("kz-example-poor", "Жолдарды жөндеу", "Ремонт дорог", date(2026, 6, 30), ""),
    ("kz-example-poor", "Балабақша кезегі", "Очередь в детские сады", date(2026, 9, 30), ""),
)


def _promise(moderator: User) -> None:
    """The approved lists of both districts."""
    for number, (code, kk, ru, due, name) in enumerate(PROMISED, start=1):
        promise = Promise(title=Phrase(kk=kk, ru=ru), source=LIST, number=str(number), due=due)
        body = Body.objects.get(code=code)
        line = actions.add_approved(body, promise, by=moderator, at=_noon(TODAY))
        if name:
            actions.fulfil(line, Dataset.objects.get(name=name), by=moderator)


def _ask(officer: User, moderator: User) -> None:
    """Two requests for data, one of them answered, and a mistake somebody has found."""
    poor = Body.objects.get(code="kz-example-poor")
    why = "Ата-аналарға қажет: кезектің қай жерде екенін көргіміз келеді."
    said: Said = {"text": why, "language": "kk", "display_name": "Айгерім"}
    actions.ask_for_data(poor, "Балабақшаға кезек", by=moderator, form_key="demo-queue", **said)
    said = {"text": "Жөндеу қашан, қай көшеде болатынын білу үшін.", "language": "kk"}
    asked = actions.ask_for_data(
        poor, "Жол жөндеу жоспары", by=moderator, form_key="demo-roads", **said
    )
    words = {
        "kk": "2026 жылғы желтоқсанда жарияланады.",
        "ru": "Будут опубликованы в декабре 2026 года.",
    }
    planned = actions.Reply(outcome="accepted", reason="opens_data", words=words)
    actions.answer_requests([asked], planned, by=officer)
    row = Dataset.objects.select_related("body", "newest").get(name="khalyq-sany")
    said = {"text": "«Достык» ауылы екі рет жазылған.", "language": "kk"}
    actions.tell_problem(row, "11", by=moderator, form_key="demo-mistake", **said)


def _show(officer: User, moderator: User) -> None:
    """Something made of two sets, and a survey that runs."""
    sets = [Dataset.objects.get(name=name) for name in ("mektepter", "aua-sapasy")]
    made = actions.Made(
        kind=Reuse.Kind.APPLICATION,
        title="Мектеп және таза ауа",
        text="Мектептерді ауасы таза көшелермен қатар көрсететін карта. Ата-аналар үшін жасалды.",
        link="https://mektep-auasy.example/",
        display_name="Айгерім, ата-ана",
        datasets=sets,
    )
    reuse = actions.tell_reuse(made, by=officer, at=_noon(TODAY))
    actions.decide_reuse(reuse, Reuse.State.SHOWN, "", by=moderator, at=_noon(TODAY))
    idea = actions.Proposal(
        body=sets[0].body,
        form=Idea.Form.APPLICATION,
        title="Мектепке қауіпсіз жол",
        datasets=sets,
    )
    text = "Балаларға арналған карта: жарықтандырылған көшелер, өткелдер және ауасы таза жолдар."
    said: Said = {"text": text, "language": "kk", "display_name": "Ержан"}
    actions.propose(idea, by=moderator, form_key="demo-idea", **said)
    poor = Body.objects.get(code="kz-example-poor")
    asked = actions.Question(
        title=Phrase(kk="Сізге қандай дерек керек?", ru="Какие данные вам нужны?"),
        text=Phrase(
            kk="Біз жарияламаған, бірақ сізге қажет деректі айтыңыз.",
            ru="Назовите данные, которых у нас нет, а вам они нужны.",
        ),
        opens_on=TODAY,
        closes_on=TODAY + timedelta(days=30),
    )
    actions.start_survey(poor, asked, by=officer, at=_noon(TODAY))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())
