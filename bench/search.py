"""Search among many entries, on SQLite and on PostgreSQL: time of a question, and of a page.

    python -m bench.search [--entries 100000] [--copies 0] [--questions 300]

Entries are made of the roots known to the library and of invented ones, 20 000 in all, each as
common as Zipf's law has it: a title of three to eight words in three languages, a summary, a
text, a body, a year. Questions are known words, alone, in twos and threes, as phrases,
beginnings and with a word that must be absent. One process, nothing kept between questions.
`--copies` enters each of them so many times more: analysing a million texts takes hours.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any

from aiqyn.words.kazakh import roots
from bench.machine import facts, keep

BODIES = 300
INVENTED = 20_000
SYLLABLES = ("қа", "ме", "то", "лы", "бі", "са", "рө", "ну", "жа", "де", "шы", "ки")


def vocabulary(dice: random.Random) -> list[str]:
    """Return words, the commonest first."""
    known = [word for word in roots().names.split() if len(word) > 3]
    invented = {"".join(dice.choices(SYLLABLES, k=4)) + "р" for _ in range(INVENTED)}
    dice.shuffle(known)
    return known + sorted(invented)


def drafts(entries: int, words: list[str], dice: random.Random) -> Iterator[Any]:
    """Return invented data sets."""
    from aiqyn_portal.search.kinds import Draft  # noqa: PLC0415 - needs Django set up

    weights = list(accumulate(1 / place for place in range(1, len(words) + 1)))

    def said(least: int, most: int) -> str:
        return " ".join(dice.choices(words, cum_weights=weights, k=dice.randint(least, most)))

    for number in range(entries):
        yield Draft(
            kind=dice.choice(("data_set", "rule", "body")),
            key=str(number),
            title={"kk": said(3, 8), "ru": said(3, 8), "en": said(3, 8)},
            view="reports:home",
            summary={"kk": said(10, 25)},
            text={"kk": said(15, 40)},
            body_id=dice.randint(1, BODIES),
            day=date(2015 + number % 11, 1 + number % 12, 1 + number % 28),
        )


def questions(how_many: int, words: list[str], dice: random.Random) -> list[str]:
    known = words[: len(roots().names.split()) // 2]  # the commonest
    asked = []
    for number in range(how_many):
        chosen = dice.sample(known, 1 + number % 3)
        plain, *other = (
            " ".join(chosen),
            f'"{" ".join(chosen)}"',
            f"{chosen[0][:4]}*",
            f"{chosen[0]} -{dice.choice(known)}",
        )
        asked.append(plain if number % 4 else other[number // 4 % 3])
    return asked


COPY = """
INSERT INTO search_entry (id, kind, key, shelf_id, day, title_words, digest)
SELECT id + {more}, kind, key || '-{more}', shelf_id, day, title_words, digest
FROM search_entry WHERE id <= {last};
INSERT INTO search_shown (entry_id, title, summary, view, arguments)
SELECT entry_id + {more}, title, summary, view, arguments
FROM search_shown WHERE entry_id <= {last};
INSERT INTO search_words ({number}, {columns})
SELECT {number} + {more}, {columns} FROM search_words WHERE {number} <= {last}"""
COLUMNS = {
    "sqlite": ("rowid", "title, text, title_folded, text_folded, marks"),
    "postgresql": ("id", "shelf_id, day, title_words, title, words"),
}


def measure(entries: int, copies: int, how_many: int) -> str:
    """Fill the database this process was started with, unless it is, and ask it."""
    import django  # noqa: PLC0415 - only in the measured process

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django set up
    from django.db import connection  # noqa: PLC0415 - needs Django set up
    from django.test import Client  # noqa: PLC0415 - needs Django set up

    from aiqyn_portal.search.asking import read  # noqa: PLC0415 - needs Django set up
    from aiqyn_portal.search.models import Entry  # noqa: PLC0415 - needs Django set up
    from aiqyn_portal.search.queries import find  # noqa: PLC0415 - needs Django set up

    dice = random.Random(20)
    words = vocabulary(dice)
    call_command("migrate", verbosity=0)
    if not Entry.objects.exists():
        fill(entries, words, dice)
        multiply(copies)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    asked = questions(how_many, words, dice)
    found = sorted(find(read(typed)).total for typed in asked)
    browser = Client(headers={"host": "localhost"})
    cells = [
        connection.vendor,
        f"{Entry.objects.count():,}",
        f"{found[len(found) // 2]:,} / {found[-1]:,}",
    ]
    for ask in (
        lambda typed: find(read(typed)),
        lambda typed: browser.get("/kk/search/", {"q": typed}),
    ):
        cells += shares(list(_times(asked, ask)))
    return "| " + " | ".join(cells) + " |"


def fill(entries: int, words: list[str], dice: random.Random) -> None:
    from aiqyn_portal.bodies.models import Body  # noqa: PLC0415 - needs Django set up
    from aiqyn_portal.search import index  # noqa: PLC0415 - needs Django set up

    names = ({"kk": f"{n} әкімдік", "ru": f"Акимат {n}", "en": f"Body {n}"} for n in range(BODIES))
    Body.objects.bulk_create(
        Body(code=f"b{n}", kind="ministry", name=name) for n, name in enumerate(names)
    )
    index.put_many(drafts(entries, words, dice))


def multiply(copies: int) -> None:
    """Enter what is there again, under other keys and numbers."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up
    from django.db.models import Max  # noqa: PLC0415 - needs Django set up

    from aiqyn_portal.search.models import Entry  # noqa: PLC0415 - needs Django set up
    from aiqyn_portal.search.tables import FILL_TITLES_FTS5  # noqa: PLC0415 - needs Django set up

    last = Entry.objects.aggregate(last=Max("pk"))["last"]
    number, columns = COLUMNS[connection.vendor]
    with connection.cursor() as cursor:
        for copy in range(1, copies + 1):
            told = COPY.format(more=copy * last, last=last, number=number, columns=columns)
            for statement in told.split(";"):
                cursor.execute(statement)
        if connection.vendor == "sqlite":
            cursor.execute(f"{FILL_TITLES_FTS5} WHERE rowid > {last}")


def shares(times: list[tuple[float, float]]) -> list[str]:
    """Return p50 and p95 of processor time and of waiting, as cells."""
    cells = []
    for column in zip(*times, strict=True):
        ordered = sorted(column)
        cells.append(" / ".join(f"{ordered[int(len(ordered) * part)]:.0f}" for part in (0.5, 0.95)))
    return cells


def _times(asked: list[str], ask: Any) -> Iterator[tuple[float, float]]:
    """Return milliseconds of processor time, the database's own among them, and of waiting."""
    for typed in asked:
        before, started = worked(), time.perf_counter()
        ask(typed)
        yield (worked() - before) * 1000, (time.perf_counter() - started) * 1000


def worked() -> float:
    """Return seconds of processor time of this process and of PostgreSQL's for it."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    if connection.vendor != "postgresql" or connection.connection is None:
        return time.process_time()
    pid = connection.connection.info.backend_pid
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(told[11]) + int(told[12])  # user and system
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--here", action="store_true", help="measure in this very process")
    options = parser.parse_args()
    if options.here:
        print(measure(options.entries, options.copies, options.questions))
        return
    rows = []
    for before in ([], [sys.executable, "-m", "tools.postgres"]):
        with tempfile.TemporaryDirectory() as folder:
            command = [*before, sys.executable, "-m", "bench.search", "--here"]
            for name in ("entries", "copies", "questions"):
                command += [f"--{name}", str(getattr(options, name))]
            told = {"AIQYN_VAR": folder, "DJANGO_SETTINGS_MODULE": "aiqyn_portal.project.settings"}
            done = subprocess.run(
                command, env=os.environ | told, check=True, stdout=subprocess.PIPE, text=True
            )
            rows.append(done.stdout.splitlines()[-1])
    columns = ["", "entries", "found: median / most"]
    for what in ("question", "page"):
        columns += [f"{what}, CPU ms p50 / p95", f"{what}, waiting ms p50 / p95"]
    head = "| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|"
    entries = options.entries * (1 + options.copies)
    title = f"# Search among {entries:,} entries\n\n{facts('django', 'psycopg')}\n\n"
    keep("search", "\n".join([title + head, *rows, ""]))


if __name__ == "__main__":
    main()
