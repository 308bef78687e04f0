"""A catalogue of many sets: what one question costs, in one process, by the clock and in CPU time.

Usage: python -m bench.sets FOLDER [COUNT]

Builds COUNT sets (100,000) with a version and a file each, and their entries in the search, in a
database of its own: SQLite in FOLDER, or what DATABASE_URL names. A database that is there already
is asked again as it is. Eleven answers of each question, the first left out; processor time is the
mean of ten, PostgreSQL's own for them among it.
"""

import itertools
import os
import random
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

AT = datetime(2026, 1, 1, tzinfo=UTC)
COUNT = 100_000
AT_ONCE = 2_000
TIMES = 10
WORDS = [
    "мектеп",
    "аурухана",
    "жол",
    "көпір",
    "су",
    "газ",
    "бюджет",
    "сатып",
    "алу",
    "тұрғын",
    "үй",
    "білім",
    "ғылым",
    "спорт",
    "мәдениет",
    "ауа",
    "орман",
    "жер",
    "ауыл",
    "шаруашылық",
    "көлік",
    "байланыс",
    "қоршаған",
    "орта",
    "әлеуметтік",
    "көмек",
    "жұмыс",
    "орын",
    "кәсіпкер",
]
QUESTIONS = {
    "catalogue": "/kk/open-data/",
    "catalogue, its 50th page": "/kk/open-data/?page=50",
    "catalogue of one body": "/kk/open-data/?body={body}",
    "catalogue, CSV alone": "/kk/open-data/?format=csv",
    "catalogue, a word": "/kk/open-data/?q=мектептер",
    "catalogue, the most used first": "/kk/open-data/?sort=used",
    "`package_search`, ten sets": "/api/3/action/package_search?rows=10",
    "`package_search`, two words": "/api/3/action/package_search?q=мектеп&rows=10",
    "`package_search`, one format": "/api/3/action/package_search?fq=res_format:CSV&rows=10",
    "`package_search`, all facets": (
        '/api/3/action/package_search?rows=0&facet.field=["organization","groups","tags",'
        '"res_format","license_id"]'
    ),
    "`package_list`": "/api/3/action/package_list",
    "`package_show`": "/api/3/action/package_show?id=zhinaq-500",
    "`organization_list` with numbers": "/api/3/action/organization_list?all_fields=true",
    "`tag_list`": "/api/3/action/tag_list",
    "DCAT, first page": "/catalog.ttl",
    "page of a set": "/kk/open-data/sets/zhinaq-500/",
    "page of a body": "/kk/open-data/bodies/{body}/",
    "feed": "/feeds/data.kk.atom",
    "search of the portal, a word": "/kk/search/?q=мектептер",
}
AFTER_A_CHANGE = (
    "catalogue",
    "catalogue of one body",
    "catalogue, CSV alone",
    "catalogue, a word",
    "`package_search`, all facets",
    "`organization_list` with numbers",
    "`tag_list`",
)


def build(count: int) -> None:
    """Write bodies, sets, versions, files and the entries of the search."""
    from django.core.management import call_command  # noqa: PLC0415  Django is set up first

    from aiqyn_portal.accounts.models import User  # noqa: PLC0415
    from aiqyn_portal.bodies.models import Body  # noqa: PLC0415
    from aiqyn_portal.search import index  # noqa: PLC0415
    from aiqyn_portal.sections.open_data import searching  # noqa: PLC0415
    from aiqyn_portal.sections.open_data.models import Dataset  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    dice = random.Random(3)
    person = User.objects.create(username="bench", email="bench@example.kz")
    bodies = Body.objects.bulk_create(
        Body(code=f"bench-{n}", kind="ministry", name={"kk": f"Орган {n}"}) for n in range(100)
    )
    for first in range(0, count, AT_ONCE):
        _write(range(first, min(first + AT_ONCE, count)), bodies, person, dice)
    print("written", flush=True)
    rows = Dataset.objects.select_related("newest").order_by("pk").iterator(chunk_size=500)
    index.put_many(searching.draft(row) for row in rows)


def _write(numbers: range, bodies: list[Any], person: Any, dice: random.Random) -> None:
    from aiqyn_portal.base.alphabet import fold  # noqa: PLC0415
    from aiqyn_portal.sections.open_data.models import Dataset, File, Version  # noqa: PLC0415

    sets = []
    for number in numbers:
        words = dice.sample(WORDS, 4)
        title = {"kk": f"{' '.join(words[:3]).capitalize()} {number}", "ru": f"Набор {number}"}
        at = AT + timedelta(minutes=number)
        sets.append(
            Dataset(
                body=dice.choice(bodies),
                name=f"zhinaq-{number}",
                title=title,
                description={"kk": f"{' '.join(words)} туралы деректер"},
                keywords={"kk": words[:2]},
                category=dice.choice(("education", "health", "transport", "economy")),
                licence=dice.choice(("cc-by-4.0", "cc0-1.0")),
                frequency=dice.choice(("monthly", "yearly")),
                state="published",
                created_at=at,
                created_by=person,
                changed_at=at,
                changed_by=person,
                published_at=at,
                released_at=at,
                modified_at=at,
                search_text=fold("\n".join((*title.values(), *words))),
            )
        )
    Dataset.objects.bulk_create(sets)
    common = {"created_by": person, "released_by": person, "state": "released", "number": 1}
    versions = Version.objects.bulk_create(
        Version(
            dataset=row,
            created_at=row.created_at,
            released_at=row.created_at,
            stars=dice.randrange(1, 6),
            **common,
        )
        for row in sets
    )
    files = File.objects.bulk_create(
        File(
            version=each,
            name="a.csv",
            sha256="0" * 64,
            size=1_000,
            format=dice.choice(("csv", "xlsx", "json")),
            state="read",
            added_at=each.created_at,
            added_by=person,
        )
        for each in versions
    )
    for row, file in zip(sets, files, strict=True):
        row.newest, row.stars, row.formats = file.version, file.version.stars, file.format
    Dataset.objects.bulk_update(sets, ["newest", "stars", "formats"])


def ask() -> list[str]:
    """Ask every question; return the lines of a table."""
    from django.test import Client  # noqa: PLC0415  Django is set up first

    from aiqyn_portal.sections.open_data.models import Standing  # noqa: PLC0415
    from bench.search import worked  # noqa: PLC0415

    client = Client(HTTP_HOST="127.0.0.1")
    lines = ["| asked | ms | worst ms | CPU ms | KB |", "|---|---:|---:|---:|---:|"]
    anew = {f"{called}, first after a change": QUESTIONS[called] for called in AFTER_A_CHANGE}
    for called, path in (QUESTIONS | anew).items():
        walls, cpus, size = [], [], 0
        for _ in itertools.repeat(None, TIMES + 1):
            if called in anew:
                Standing.change()
            wall = time.perf_counter()
            answer = client.get(path.format(body="bench-7"))
            size = len(b"".join(answer)) if answer.streaming else len(answer.content)
            walls.append(1000 * (time.perf_counter() - wall))
            cpus.append(1000 * worked())
        answered = called if answer.status_code == 200 else f"{called} ({answer.status_code})"
        walls, cpu = walls[1:], (cpus[-1] - cpus[0]) / TIMES
        lines.append(
            f"| {answered} | {statistics.median(walls):.0f} | {max(walls):.0f} |"
            f" {cpu:.0f} | {size / 1000:.0f} |"
        )
        print(lines[-1], flush=True)
    return lines


def main(folder: Path, count: int) -> None:
    import django  # noqa: PLC0415  the settings read the folder

    folder.mkdir(parents=True, exist_ok=True)
    os.environ["AIQYN_VAR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiqyn_portal.project.settings")
    django.setup()
    from django.db import connection  # noqa: PLC0415

    if "open_data_dataset" not in connection.introspection.table_names():
        build(count)
    from bench.machine import facts, keep  # noqa: PLC0415

    where = connection.vendor
    lines = [f"# {count:,} sets on {where}", "", facts("django"), "", *ask()]
    keep(f"sets-{where}", "\n".join(lines) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else COUNT)
