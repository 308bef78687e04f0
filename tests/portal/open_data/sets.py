"""Sets on paper: rows as the actions would leave them, without reading a file."""

from datetime import UTC, date, datetime
from typing import Any

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.open_data.actions import Passport
from aiqyn_portal.sections.open_data.models import Column, Dataset, File, Version

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
