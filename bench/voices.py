"""A million contributions on PostgreSQL: time of pages, of lists, and of writing one more.

    python -m tools.postgres python -m bench.voices [--rows 1000000] [--asked 40]

Rows are made by the database itself: 20 000 authors, 50 bodies, 5 000 things spoken of (one of them
with a tenth of everything), four of five decided. Pages are asked through Django's own client in
one process, so a time is that of one core without a web server; CPU time of the process stands
beside it, for machines that are busy otherwise.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import count
from typing import Any, NamedTuple

from bench.machine import facts, keep

AUTHORS, BODIES, THINGS = 20_000, 50, 5_000
FILL = """
INSERT INTO contributions_contribution (
    number, kind, about_key, anchor, body_id, author_id, display_name, language, text,
    original_text, stance, wording, state, outcome, reason, shown, votes_for, votes_against,
    sealed_for, sealed_against,
    steps_made, form_key, made_at, decided_at, due_on
)
SELECT '2025-' || lpad(n::text, 7, '0'), 'bench',
    'thing-' || CASE WHEN n % 10 = 0 THEN 0 ELSE n % {things} END, '',
    (SELECT min(id) FROM bodies_body) + n % {bodies},
    (SELECT min(id) FROM accounts_user) + (n::bigint * 7919) % {authors},
    '', 'kk', repeat('Жолды жөндеу керек, біз үш жыл күтіп жүрміз. ', 4), '', '', '',
    CASE WHEN n % 5 = 0 THEN 'registered' ELSE 'decided' END,
    CASE WHEN n % 5 = 0 THEN '' ELSE 'accepted' END, '', 'public', n % 50, 0, 0, 0, 2, 'f' || n,
    now() - (n || ' seconds')::interval, CASE WHEN n % 5 = 0 THEN NULL ELSE now() END,
    current_date + (n % 30)::int
FROM generate_series(1, {rows}) AS n
"""
PEOPLE = """
INSERT INTO accounts_user (username, password, email, first_name, last_name, is_superuser,
    is_staff, is_active, date_joined, display_name)
SELECT 'bench-' || n, '', '', '', '', false, false, true, now(), ''
FROM generate_series(1, {authors}) n
"""
ORGANS = """
INSERT INTO bodies_body (code, kind, name, bin, kato, site, contacts, is_example, search_text)
SELECT 'bench-' || n, 'ministry', '{{"kk": "Орган"}}', '', '', '', '{{}}', true, ''
FROM generate_series(1, {bodies}) n
"""


class Times(NamedTuple):
    """Milliseconds of one thing asked many times."""

    name: str
    median: float
    p95: float
    cpu: float  # of this process, mean

    def row(self) -> str:
        return f"| {self.name} | {self.median:.0f} | {self.p95:.0f} | {self.cpu:.0f} |"


def timed(name: str, ask: Callable[[int], Any], times: int) -> Times:
    """Ask twice to warm up, then so many times."""
    for number in range(2):
        ask(-1 - number)
    walls, began = [], time.process_time()
    for number in range(times):
        start = time.perf_counter()
        ask(number)
        walls.append((time.perf_counter() - start) * 1000)
    cpu = (time.process_time() - began) * 1000 / times
    return Times(name, statistics.median(walls), statistics.quantiles(walls, n=20)[18], cpu)


def fill(rows: int) -> float:
    """Make the rows; return how many seconds that took."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    sizes = {"rows": rows, "authors": AUTHORS, "bodies": BODIES, "things": THINGS}
    started = time.perf_counter()
    with connection.cursor() as cursor:
        for statement in (PEOPLE, ORGANS, FILL):
            cursor.execute(statement.format(**sizes))
        cursor.execute("ANALYZE")
    return time.perf_counter() - started


def offer() -> None:
    """The kind the bench speaks of."""
    from aiqyn_portal.bodies.models import Body  # noqa: PLC0415
    from aiqyn_portal.contributions import kinds  # noqa: PLC0415

    body = Body.objects.earliest("pk")
    about = kinds.About(
        title="Сынақ", view="reports:body", arguments={"code": body.code}, body_id=body.pk
    )
    kinds.register(kinds.Kind("bench", "Сынақ", section="bench", about=lambda _key: about))


def measured(asked: int) -> list[Times]:
    """Ask every page and list."""
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from aiqyn_portal.accounts.models import Membership, User  # noqa: PLC0415
    from aiqyn_portal.bodies.models import Body  # noqa: PLC0415
    from aiqyn_portal.contributions import queries, sealing  # noqa: PLC0415
    from aiqyn_portal.contributions.models import Contribution  # noqa: PLC0415

    citizen, officer = User.objects.order_by("pk")[:2]
    Membership.objects.create(user=officer, role="officer", body=Body.objects.earliest("pk"))
    mine, office, anybody = Client(), Client(), Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    mine.force_login(citizen, backend=backend)
    office.force_login(officer, backend=backend)
    numbers = list(Contribution.objects.order_by("-pk").values_list("number", flat=True)[:500])
    cabinet, queue = reverse("contributions:cabinet"), reverse("contributions:queue")
    write = reverse("contributions:write", args=["bench", "thing-0"])
    keys = count()

    def post(_number: int) -> None:
        given = {"voice-text": "Жаңа пікір", "voice-form_key": f"new-{next(keys)}", "seen": "1"}
        answer = mine.post(write, given)
        if answer.status_code != 302:
            raise RuntimeError(answer.status_code)

    def one(number: int) -> None:
        anybody.get(reverse("contributions:one", args=[numbers[number]]))

    def key(number: int) -> str:
        return f"thing-{max(0, number) % 7}"

    return [
        timed("my voice", lambda _n: mine.get(cabinet), asked),
        timed("my voice, narrowed", lambda _n: mine.get(cabinet, {"state": "accepted"}), asked),
        timed("queue of a body, by due date", lambda _n: office.get(queue), asked),
        timed("page of one contribution", one, asked),
        timed(
            "20 newest about a thing", lambda n: list(queries.about("bench", key(n))[:20]), asked
        ),
        timed(
            "20 most supported about a thing",
            lambda n: list(queries.about("bench", key(n), order="supported")[:20]),
            asked,
        ),
        timed("counts of 50 things", lambda _n: queries.counts("bench", KEYS), asked),
        timed("listing for programs", lambda _n: anybody.get("/contributions.json"), asked),
        timed("write one, sealed and indexed", post, asked),
        timed("seal nothing", lambda _n: sealing.seal_if_free(), asked),
    ]


KEYS = [f"thing-{n}" for n in range(50)]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--asked", type=int, default=40)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "AIQYN_VAR": folder,
            "AIQYN_CONTRIBUTIONS_A_MINUTE": "100000",
            "AIQYN_CONTRIBUTIONS_A_DAY": "100000",
            "DJANGO_SETTINGS_MODULE": "aiqyn_portal.project.settings",
        }
        import django  # noqa: PLC0415

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        seconds = fill(given.rows)
        offer()
        rows = [times.row() for times in measured(given.asked)]
    lines = [
        "# Contributions",
        "",
        f"{given.rows:,} rows, made in {seconds:.0f} s; milliseconds.",
        facts("django", "psycopg"),
        "",
        "| asked | median | p95 | CPU of the process |",
        "|---|--:|--:|--:|",
        *rows,
    ]
    keep("voices", "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
