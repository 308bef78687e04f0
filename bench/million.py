"""A million comments on PostgreSQL: the pages of a draft that a tenth of them speak of, and search.

    python -m bench.million [--rows 1000000] [--asked 20] [--keep FOLDER]

`bench.voices` asks the pages of contributions themselves; this one asks those of the sections and
of the search above them. Rows are made by the database itself; pages are asked through Django's
own client in one process. Making the rows takes minutes: in a folder that is kept (the user
`postgres` has to be able to enter it) they are made once, and asked by every later run.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import crowd, voices
from bench.machine import facts, keep
from tools.postgres import FAST_AND_FORGETFUL, cluster

WORDS = ("жолды", "көше", "мектеп", "аурухана", "алаң", "қоқыс", "жарық", "су", "автобус", "саябақ")
COMMENTS = """
INSERT INTO contributions_contribution (
    number, kind, about_key, anchor, body_id, author_id, display_name, language, text,
    original_text, stance, wording, state, outcome, reason, shown, votes_for, votes_against,
    sealed_for, sealed_against,
    steps_made, form_key, made_at, decided_at, due_on
)
SELECT '2025-' || lpad(n::text, 7, '0'), 'draft_comment',
    CASE WHEN n %% 10 = 0 THEN %(slug)s ELSE 'thing-' || n %% 5000 END,
    CASE WHEN n %% 20 = 0 THEN (%(keys)s::text[])[1 + n / 20 %% %(paragraphs)s] ELSE '' END,
    %(body)s,
    (SELECT min(id) FROM accounts_user WHERE username LIKE 'bench-%%')
        + (n::bigint * 7919) %% 20000,
    '', 'kk', (%(words)s::text[])[1 + n %% 10] || ' жөндеу керек, біз үш жыл күтіп жүрміз. №' || n,
    '', '', '', CASE WHEN n / 10 %% 5 = 0 THEN 'registered' ELSE 'decided' END,
    CASE WHEN n / 10 %% 5 = 0 THEN '' ELSE 'accepted' END, '', 'public', n %% 50, 0, 0, 0, 2,
    'f' || n, now() - (n || ' seconds')::interval,
    CASE WHEN n / 10 %% 5 = 0 THEN NULL ELSE now() END,
    current_date + (n %% 30)::int
FROM generate_series(1, %(rows)s) AS n
"""
COUNTS = """
INSERT INTO contributions_count (kind, about_key, total, waiting, accepted, partly, declined,
    passed_on, hidden, people)
SELECT kind, about_key, count(*), count(*) FILTER (WHERE outcome = ''),
    count(*) FILTER (WHERE outcome <> ''), 0, 0, 0, 0, count(DISTINCT author_id)
FROM contributions_contribution GROUP BY 1, 2
ON CONFLICT (kind, about_key) DO UPDATE SET total = excluded.total, waiting = excluded.waiting,
    accepted = excluded.accepted, people = excluded.people
"""
PARTS = """
INSERT INTO contributions_part (kind, about_key, anchor, total, edition)
SELECT kind, about_key, anchor, count(*), 1 FROM contributions_contribution GROUP BY 1, 2, 3
ON CONFLICT (kind, about_key, anchor) DO UPDATE SET total = excluded.total
"""
# of the draft's comments every five about one paragraph are copies of one another
FOLDS = """
INSERT INTO grouping_fold (kind, about_key, made_at)
SELECT 'draft_comment', %(slug)s, now() FROM generate_series(1, %(rows)s / 10);
INSERT INTO grouping_member (contribution_id, fold_id, is_face)
SELECT c.id, (SELECT max(id) FROM grouping_fold) - c.fold, false FROM (
    SELECT id, (row_number() OVER (ORDER BY outcome, anchor, id) - 1) / 5 AS fold
    FROM contributions_contribution
    WHERE kind = 'draft_comment' AND about_key = %(slug)s AND number LIKE '2025-%%'
) c
"""
# the row of one comment, entered by the portal itself, is the pattern of all others
ENTRIES = """
WITH pattern AS MATERIALIZED (
    SELECT shelf_id, day, title_words, digest FROM search_entry
    WHERE kind = 'contribution' AND key = %(pattern)s
)
INSERT INTO search_entry (kind, key, shelf_id, day, title_words, digest)
SELECT 'contribution', c.number, p.shelf_id, p.day - (c.id %% 300)::int, p.title_words, p.digest
FROM contributions_contribution c, pattern p WHERE c.number <> %(pattern)s
ON CONFLICT DO NOTHING;
ANALYZE search_entry;
WITH pattern AS MATERIALIZED (
    SELECT s.* FROM search_shown s JOIN search_entry e ON e.id = s.entry_id
    WHERE e.kind = 'contribution' AND e.key = %(pattern)s
)
INSERT INTO search_shown (entry_id, title, summary, view, arguments)
SELECT n.id, p.title, p.summary, p.view, p.arguments FROM search_entry n, pattern p
WHERE n.kind = 'contribution'
ON CONFLICT DO NOTHING;
WITH pattern AS MATERIALIZED (
    SELECT w.* FROM search_words w JOIN search_entry e ON e.id = w.id
    WHERE e.kind = 'contribution' AND e.key = %(pattern)s
)
INSERT INTO search_words (id, shelf_id, day, title_words, title, words)
SELECT n.id, n.shelf_id, n.day, n.title_words, p.title, p.words FROM search_entry n, pattern p
WHERE n.kind = 'contribution'
ON CONFLICT DO NOTHING
"""


def fill(rows: int, where: crowd.Scene, body_id: int) -> float:
    """Make people, comments, counts, entries; return how many seconds that took."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    from aiqyn_portal.contributions import searching  # noqa: PLC0415
    from aiqyn_portal.contributions.models import Contribution  # noqa: PLC0415

    given: dict[str, Any] = {
        "rows": rows,
        "slug": where.slug,
        "keys": [str(key) for key in where.keys],
        "paragraphs": len(where.keys),
        "body": body_id,
        "words": list(WORDS),
        "pattern": "2025-0000010",
    }
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(voices.PEOPLE.format(authors=20_000))
        cursor.execute(COMMENTS, given)
        cursor.execute(COUNTS)
        cursor.execute(PARTS)
        for statement in FOLDS.split(";"):
            cursor.execute(statement, given)
        searching.enter(Contribution.objects.filter(number=given["pattern"]))
        for statement in ENTRIES.split(";"):
            cursor.execute(statement, given)
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does in time
    return time.perf_counter() - started


def measured(asked: int, where: crowd.Scene, sessions: tuple[list[str], str]) -> list[voices.Times]:
    """Ask every page."""
    from django.conf import settings  # noqa: PLC0415 - needs Django set up
    from django.test import Client  # noqa: PLC0415

    from aiqyn_portal.accounts.models import User  # noqa: PLC0415

    anybody, mine, office = Client(), Client(), Client()
    mine.cookies[settings.SESSION_COOKIE_NAME] = sessions[0][0]
    office.cookies[settings.SESSION_COOKIE_NAME] = sessions[1]
    known = Client()
    known.force_login(
        User.objects.get(username="bench-7"), backend="django.contrib.auth.backends.ModelBackend"
    )
    draft, key = f"/kk/drafts/{where.slug}", where.keys[len(where.keys) // 2]
    pages = {
        "draft": (anybody, f"{draft}/"),
        "draft: all comments, supported first": (anybody, f"{draft}/comments/"),
        "draft: newest first": (anybody, f"{draft}/comments/?order=new"),
        "draft: 500th page of comments": (anybody, f"{draft}/comments/?page=500"),
        "draft: those that wait": (anybody, f"{draft}/comments/?outcome=waiting"),
        "paragraph with its comments": (anybody, f"{draft}/p/{key}/"),
        "drafts": (anybody, "/kk/drafts/"),
        "paragraph, newest first, signed in": (mine, f"{draft}/p/{key}/?order=new"),
        "draft, signed in": (mine, f"{draft}/"),
        "desk of the draft": (office, f"{draft}/desk/"),
        "desk of the draft, 100th page": (office, f"{draft}/desk/?page=100"),
        "queue of the body": (office, "/kk/office/voices/"),
        "my voice": (known, "/kk/account/voice/"),
        "archive of the dialogue": (anybody, "/kk/dialogue/questions/"),
        "search: a word of every comment": (anybody, "/kk/search/?q=жөндеу"),
        "search: two words": (anybody, "/kk/search/?q=жөндеу+керек"),
        "search: a rare word": (anybody, "/kk/search/?q=тұмылдырық"),
    }

    def ask(client: Client, address: str) -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")

    found = []
    for name, (client, address) in pages.items():
        found.append(voices.timed(name, lambda _n, c=client, a=address: ask(c, a), asked))
        print(found[-1].row(), flush=True)
    forget()
    for name in DRAWN_ANEW:
        client, address = pages[name]

        def anew(_n: int, client: Client = client, address: str = address) -> None:
            forget()
            ask(client, address)

        found.append(voices.timed(f"{name}; drawn anew", anew, asked))
        print(found[-1].row(), flush=True)
    return found


DRAWN_ANEW = (
    "draft",
    "draft: all comments, supported first",
    "draft: those that wait",
    "paragraph with its comments",
)


def forget() -> None:
    """Let no drawn page be kept, as after a change of every comment shown."""
    from aiqyn_portal.sections.drafts import kept_comments, kept_reading  # noqa: PLC0415

    kept_reading.drawn_reading.cache_clear()
    kept_comments.drawn_threads.cache_clear()
    kept_comments.drawn_threads_pieces.clear()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--asked", type=int, default=20)
    asked.add_argument("--keep", type=Path, help="a folder outside the repository")
    given = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))  # nothing is left running
    with tempfile.TemporaryDirectory(prefix="aiqyn-million-") as folder:
        home = given.keep or Path(folder)
        with cluster(FAST_AND_FORGETFUL, given.keep and home / "cluster") as url:
            os.environ |= {
                "AIQYN_VAR": f"{home}/var",
                "DATABASE_URL": url,
                "DJANGO_SETTINGS_MODULE": "aiqyn_portal.project.settings",
            }
            run(given, home / "filled")


def run(given: argparse.Namespace, filled: Path) -> None:
    """Fill what is not `filled` yet, ask, keep."""
    if filled.exists():
        import django  # noqa: PLC0415 - needs the environment

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)  # kept, maybe, since an older version
        where, body_id = crowd.scene(0)
        seconds = float(filled.read_text())
    else:
        crowd.prepare()
        where, body_id = crowd.scene(0)
        seconds = fill(given.rows, where, body_id)
        filled.write_text(str(seconds))
    sessions = crowd.people(1, body_id)
    load = os.getloadavg()[0]
    rows = [times.row() for times in measured(given.asked, where, sessions)]
    lines = [
        "# A million comments",
        "",
        f"{given.rows:,} rows, a tenth of them about one draft (a fifth of these wait for a",
        f"decision, every five are copies), made in {seconds:.0f} s, then vacuumed; {given.asked}",
        "requests each;",
        f"milliseconds; load average {load:.1f} before and {os.getloadavg()[0]:.1f} after.",
        facts("django", "psycopg"),
        "",
        "| asked | median | p95 | CPU of the process |",
        "|---|--:|--:|--:|",
        *rows,
    ]
    keep("million", "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
