"""Sets on paper: rows as the actions would leave them, without reading a file."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from aiqyn.harvest import Refused, Summary
from aiqyn.subjects.dataset import Dataset as Noun
from aiqyn.subjects.dataset import Distribution
from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.forms import new_form_key
from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.open_data import actions, searching
from aiqyn_portal.sections.open_data.actions import Passport
from aiqyn_portal.sections.open_data.models import (
    Approved,
    Column,
    Dataset,
    File,
    Harvest,
    Harvested,
    Hold,
    Idea,
    Problem,
    Request,
    Reuse,
    Source,
    Survey,
    Version,
)
from aiqyn_portal.sections.open_data.nouns import as_json

AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
CSV = "kato;oblys;mektep\n791010000;Шымкент;153\n311010000;Тараз;78\n".encode()


def published(body: Body, by: User, name: str = "mektepter", **more: Any) -> Dataset:
    """A published set with one version and one file of two rows."""
    row = Dataset.objects.create(
        **{
            "body": body,
            "name": name,
            "title": {"kk": "Мектептер саны", "ru": "Число школ", "en": "Number of schools"},
            "description": {"kk": "Қалалар бойынша", "ru": "По городам", "en": "By city"},
            "keywords": {"kk": ["мектеп", "білім"], "ru": ["школа"]},
            "category": "education",
            "licence": "cc-by-4.0",
            "frequency": "quarterly",
            "responsible": {
                "kk": "Статистика бөлімі",
                "ru": "Отдел статистики",
                "en": "Statistics",
            },
            "email": "derek@example.kz",
            "phone": "+7 7252 00-00-00",
            "since": date(2026, 1, 1),
            "until": date(2026, 9, 30),
            "places": ["791010000"],
            "languages": ["kk"],
            "state": Dataset.State.PUBLISHED,
            "created_at": AT,
            "created_by": by,
            "changed_at": AT,
            "changed_by": by,
            "published_at": AT,
            "next_due": date(2027, 2, 20),
        }
        | more
    )
    row.newest = released(row, by)
    row.save()
    searching.enter(row)
    return row


def released(row: Dataset, by: User, number: int = 1, content: bytes = CSV) -> Version:
    version = Version.objects.create(
        dataset=row,
        number=number,
        state=Version.State.RELEASED,
        note={"kk": "Бірінші шығарылым", "ru": "Первый выпуск", "en": "First release"},
        created_at=AT,
        created_by=by,
        released_at=AT,
        released_by=by,
        stars=3,
    )
    file = File.objects.create(
        version=version,
        name="mektepter.csv",
        sha256=store().put(content),
        size=len(content),
        format="csv",
        media_type="text/csv",
        rows=2,
        columns=3,
        stars=3,
        state=File.State.READ,
        added_at=AT,
        added_by=by,
    )
    kinds = (("kato", "code"), ("oblys", "text"), ("mektep", "whole"))
    for place, (name, kind) in enumerate(kinds, start=1):
        Column.objects.create(file=file, number=place, name=name, kind=kind, is_key=place == 1)
    return version


def in_preparation(row: Dataset, by: User) -> File:
    """A second version of a published set: one file, held because of personal data."""
    version = Version.objects.create(
        dataset=row,
        number=2,
        created_at=AT,
        created_by=by,
        submitted_at=AT,
        note={"kk": "Төртінші тоқсан", "ru": "Четвёртый квартал", "en": "Fourth quarter"},
    )
    file = File.objects.create(
        version=version,
        name="turgyndar.csv",
        sha256=store().put(CSV),
        format="csv",
        media_type="text/csv",
        state=File.State.READ,
        added_at=AT,
        added_by=by,
    )
    Column.objects.create(file=file, number=1, name="ЖСН", kind="code")
    found = {"kind": "personal_iin", "column": "ЖСН", "count": 2, "examples": ["85******0018"]}
    Hold.objects.create(file=file, held_at=AT, found=[found])
    return file


def promised(row: Dataset, by: User) -> Approved:
    """A line of the approved list that the set fulfils."""
    return Approved.objects.create(
        body=row.body,
        number="1",
        title=row.title,
        source="Ашық деректер тізбесі, 2026 жылғы 1-бұйрық",
        due=date(2026, 6, 30),
        dataset=row,
        added_at=AT,
        added_by=by,
    )


def made_of(row: Dataset, by: User, **more: Any) -> Reuse:
    """Something made of the set, shown in the gallery."""
    reuse = Reuse.objects.create(
        **{
            "kind": Reuse.Kind.APPLICATION,
            "title": "Мектеп картасы",
            "text": "Ең жақын мектепті табады.",
            "link": "https://example.kz/karta",
            "display_name": "Ә. Оқушы",
            "told_by": by,
            "told_at": AT,
            "state": Reuse.State.SHOWN,
        }
        | more
    )
    reuse.datasets.set([row])
    return reuse


def harvested(body: Body, by: User) -> Harvested:
    """A set seen in another catalogue of the body, in a harvest that had trouble, too."""
    source = Source.objects.create(
        body=body,
        name="data.example.kz",
        address="https://data.example.kz/",
        next_at=AT,
        added_at=AT,
        added_by=by,
    )
    summary = Summary(
        kind="ckan", address=source.address, started_at=AT, given=1, refused=1, said=2
    )
    refused = Refused(id="7", place="page 1, record 2", problem="wrong_field", detail="<b>")
    Harvest.objects.create(
        source=source,
        began_at=AT,
        turn_at=AT,
        ended_at=AT,
        summary=as_json(summary),
        refused=[as_json(refused)],
        fresh=1,
    )
    noun = Noun(
        id="zholdar",
        title={"kk": "Жолдар", "ru": "Дороги"},
        description={"kk": "Жол ұзындығы", "de": "Straßen"},
        source="https://data.example.kz/api/3/action/package_search",
        page="https://data.example.kz/dataset/zholdar",
        distributions=(Distribution(download="https://data.example.kz/a.csv", format="csv"),),
    )
    return Harvested.objects.create(
        source=source,
        identity=noun.id,
        title=noun.title,
        description=noun.description,
        frequency="yearly",
        formats=["csv"],
        passport=as_json(noun),
        digest="0" * 64,
        broken=["C001"],
        points={"eu-mqa": ["120", "405"]},
        first_seen=AT,
        last_seen=AT,
        changed_at=AT,
    )


def surveyed(body: Body, by: User, **more: Any) -> Survey:
    """A survey that ran for ten days around AT and waits for its results."""
    return Survey.objects.create(
        **{
            "body": body,
            "title": {"kk": "Қандай дерек керек?", "ru": "Какие данные нужны?"},
            "text": {"kk": "Бізден не күтесіз?", "ru": "Чего вы ждёте?"},
            "opens_on": date(2026, 11, 15),
            "closes_on": date(2026, 11, 24),
            "started_at": AT,
            "started_by": by,
        }
        | more
    )


PASSPORT = Passport(
    name="mektepter-sany",
    title=Phrase(kk="Мектептер саны", ru="Число школ", en="Number of schools"),
    description=Phrase(kk="Қалалар бойынша", ru="По городам", en="By city"),
    category="education",
    licence="cc-by-4.0",
    frequency="quarterly",
    responsible=Phrase(kk="Статистика бөлімі", ru="Отдел статистики"),
    email="derek@example.kz",
    since=date(2026, 1, 1),
    until=date(2026, 9, 30),
)


def proposed(body: Body, by: User, sets: Sequence[Dataset] = (), **more: Any) -> Idea:
    """An idea for a body, proposed by a person."""
    said = {
        "text": "Балаларға арналған карта: жарықтандырылған көшелер мен өткелдер.",
        "language": "kk",
        "display_name": "Айгерім",
        **more,
    }
    told = {"form": Idea.Form.APPLICATION, "title": "Мектепке қауіпсіз жол"}
    told |= {name: said.pop(name) for name in told if name in said}
    proposal = actions.Proposal(body=body, datasets=sets, **told)
    return actions.propose(proposal, by=by, form_key=new_form_key(), **said)


def asked(body: Body, by: User, title: str = "Жолдарды жөндеу", **more: Any) -> Request:
    """A request for data."""
    said = {"text": "Зерттеу үшін", "language": "kk", **more}
    return actions.ask_for_data(body, title, by=by, form_key=new_form_key(), **said)


def mistake(dataset: Dataset, by: User, text: str = "Код қате", row: str = "2") -> Problem:
    """Something wrong with a set."""
    said = {"text": text, "language": "kk"}
    return actions.tell_problem(dataset, row, by=by, form_key=new_form_key(), **said)


REFUSED = actions.Reply(
    outcome="declined", reason="not_collected", words={"kk": "Заңмен қорғалады"}
)
PLANNED = actions.Reply(outcome="accepted", reason="opens_data", words={"kk": "Наурызда"})


def opened(dataset: Dataset) -> actions.Reply:
    """The answer that the data are published."""
    return actions.Reply(outcome="accepted", reason="opens_data", dataset=dataset)
