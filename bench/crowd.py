"""A crowd before the portal, with processes killed under it; then what was promised is counted.

    python -m bench.crowd [--seconds 75] [--writers 200] [--readers 2000] [--kill-every 6]
                          [--reading 10] [--writing 40] [--rates 40,20,10,7,5]

200 people comment on a draft and ask a head, 2 000 read, an officer decides; Granian with two
processes and two workers on a PostgreSQL of its own that waits for the disk. Now and then a
process is killed (SIGKILL) and started again. Whoever loses the connection sends the same form
again. People think between two pages (`--reading`: on average, from half of it to one and a half)
and between two contributions (`--writing`). Then, with nothing killed, the same people read faster
and faster (`--rates`: averages again), for the highest rate at which the goals hold. The people are
an asyncio client over aiohttp, which is here already, and not locust: the same two cores carry
them, and locust would bring gevent and Flask for nothing that is needed.
"""

import argparse
import asyncio
import os
import random
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.crowd_people import Crowd, Scene, Seen, gather
from bench.crowd_processes import Stage
from bench.machine import facts, keep
from tools.portal_pages import free_port
from tools.postgres import cluster

# nothing but what a server needs: fsync, synchronous_commit and full_page_writes are on
DURABLE = {"listen_addresses": "", "max_connections": "100"}
WEB, WORKERS = 2, 2
WARM_S = 5.0  # nothing is counted of it


def prepare() -> None:
    """The demonstration's bodies, people, drafts and questions, in the environment's database."""
    import django  # noqa: PLC0415 - needs the environment

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from aiqyn_portal.demo import accounts, dialogue, drafts  # noqa: PLC0415
    from aiqyn_portal.demo import people as known  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("import_bodies", verbosity=0)
    users = {each.username: accounts.create(each) for each in known.people(settings.VAR)}
    drafts.load_drafts(users["officer"], print)
    dialogue.load_dialogue(users["officer"], print)
    call_command("rebuild_search", verbosity=0)


def people(writers: int, body_id: int) -> tuple[list[str], str]:
    """Make accounts; return the sessions of the writers and of an officer of the body."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415 - needs Django set up
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from aiqyn_portal.accounts.models import Membership, User  # noqa: PLC0415

    sessions = []
    for number in range(writers + 1):
        email = f"crowd-{number}@example.kz"
        user, _new = User.objects.get_or_create(username=f"crowd-{number}", email=email)
        EmailAddress.objects.get_or_create(user=user, email=email, verified=True, primary=True)
        if number == writers:
            Membership.objects.get_or_create(user=user, role="officer", body_id=body_id)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return sessions[:-1], sessions[-1]


def scene(port: int) -> tuple[Scene, int]:
    """The open draft of the demonstration, a head who takes questions; the draft's body."""
    from aiqyn_portal.contributions.reasons import fitting  # noqa: PLC0415 - needs Django set up
    from aiqyn_portal.sections.dialogue.models import Head  # noqa: PLC0415
    from aiqyn_portal.sections.drafts.contributing import closed_because  # noqa: PLC0415
    from aiqyn_portal.sections.drafts.models import Draft  # noqa: PLC0415

    public = Draft.objects.public().select_related("discussion", "newest")
    draft = next(each for each in public if not closed_because(each))
    head = Head.objects.filter(takes_questions=True).first()
    if draft.newest is None or head is None:
        raise RuntimeError("the demonstration has no open draft, or no head who takes questions")
    rows = list(draft.newest.paragraphs.values_list("key", "text_kk"))
    words = sorted({word.strip(".,;:()«»") for _key, text in rows for word in text.split()})
    reason = f"accepted:{next(iter(fitting('accepted', 'draft_comment')))}"
    spoken = [word for word in words if len(word) > 3 and word.isalpha()]
    keys = [key for key, _text in rows]
    base = f"http://127.0.0.1:{port}"
    return Scene(base, draft.slug, head.slug, keys, spoken, reason), draft.body_id


def quantiles(took: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    if len(took) < 2:
        return (took or [0.0])[0], (took or [0.0])[0]
    return statistics.median(took), statistics.quantiles(took, n=20)[18]


def span(mean: float) -> str:
    """The pauses people make, of this average."""
    return f"{mean / 2:g}–{mean * 1.5:g}"


def of(seen: Seen, beginning: str) -> list[float]:
    return [ms for what, took in seen.took.items() if what.startswith(beginning) for ms in took]


def rows_of(seen: Seen) -> list[str]:
    """A row for each kind of request, the two the goals speak of first."""
    kinds = {"**all writes**": of(seen, "write"), "**all reads**": of(seen, "read")}
    kinds |= {name: seen.took[name] for name in sorted(seen.took)}
    return [
        f"| {name} | {len(took)} | {quantiles(took)[0]:.0f} | {quantiles(took)[1]:.0f} |"
        for name, took in kinds.items()
    ]


def main() -> int:
    """Run it, count, write `results/crowd.md`; 1 when a promise is broken."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--seconds", type=float, default=75)
    asked.add_argument("--writers", type=int, default=200)
    asked.add_argument("--readers", type=int, default=2_000)
    asked.add_argument("--reading", type=float, default=10, help="seconds a page is read")
    asked.add_argument("--writing", type=float, default=40, help="seconds a text takes")
    asked.add_argument("--rates", default="40,20,10,7,5", help="the same, one after another")
    asked.add_argument("--each", type=float, default=25, help="seconds of each of these rates")
    asked.add_argument("--kill-every", type=float, default=6, help="seconds; 0: nothing is killed")
    asked.add_argument("--seed", type=int, default=2026)
    given = asked.parse_args()
    random.seed(given.seed)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))  # nothing is left running
    with tempfile.TemporaryDirectory(prefix="aiqyn-crowd-") as folder, cluster(DURABLE) as url:
        os.environ |= {
            "AIQYN_VAR": f"{folder}/var",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "aiqyn_portal.project.settings",
        }
        return measured(given, Path(folder))


def measured(given: argparse.Namespace, folder: Path) -> int:
    """Prepare, let the crowd in, count."""
    prepare()
    print(time.strftime("%X"), "prepared", flush=True)
    port = free_port()
    where, body_id = scene(port)
    sessions = people(given.writers, body_id)
    from aiqyn_portal.contributions.models import Contribution  # noqa: PLC0415
    from bench import crowd_truth  # noqa: PLC0415 - needs Django set up

    before = Contribution.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    stage = Stage(port, os.environ, folder / "log", WEB, WORKERS)
    try:
        seen, times = performed(given, stage, where, sessions)
        settled = crowd_truth.settle()
        found = crowd_truth.broken(seen, before, folder / "log")
        print(time.strftime("%X"), "counted", found, flush=True)
        pauses = [float(said) for said in given.rates.split(",") if said]
        faster = [faster_and_faster(given, stage, pause, where, sessions) for pause in pauses]
    finally:
        stage.close()
    keep("crowd", report(given, stage, seen, found, times | {"settled": settled}, faster))
    return int(any(found.values()) or bool(seen.wrong))


def faster_and_faster(
    given: argparse.Namespace,
    stage: Stage,
    pause: float,
    where: Scene,
    sessions: tuple[list[str], str],
) -> str:
    """A row: the same people, who read a page for `pause` seconds; nothing is killed."""
    crowd = Crowd(given.readers, given.each, pause, given.writing)
    load = os.getloadavg()[0]
    stage.measure()
    began, before = time.monotonic(), stage.cpu()
    seen = asyncio.run(gather(where, crowd, *sessions))
    stage.measure()
    lasted, after = time.monotonic() - began, stage.cpu()
    asked = max(1, sum(map(len, seen.took.values())))
    cpu = " + ".join(f"{1000 * (after[kind] - before[kind]) / asked:.1f}" for kind in after)
    reads, writes = of(seen, "read"), of(seen, "write")
    said = (
        f"| {pause:g} | {len(reads) / lasted:.0f} | {len(writes) / lasted:.1f} "
        f"| {quantiles(reads)[0]:.0f} | {quantiles(reads)[1]:.0f} "
        f"| {quantiles(writes)[1]:.0f} | {sum(seen.wrong.values())} | {cpu} | {load:.1f} |"
    )
    print(time.strftime("%X"), said, flush=True)
    return said


def performed(
    given: argparse.Namespace, stage: Stage, where: Scene, sessions: tuple[list[str], str]
) -> tuple[Seen, dict[str, Any]]:
    """Let the crowd in; return what it saw, and how long and how busy it was."""
    writers, officer = sessions
    stage.wait()
    asyncio.run(gather(where, Crowd(8, WARM_S, 0.2, 1.0), [], officer))
    stage.measure()
    began, load = stage.cpu(), os.getloadavg()[0]
    watching = stage.watch(given.kill_every)
    start = time.monotonic()
    crowd = Crowd(given.readers, given.seconds, given.reading, given.writing)
    seen = asyncio.run(gather(where, crowd, writers, officer))
    times = {"lasted": time.monotonic() - start, "loads": (load, os.getloadavg()[0])}
    stage.is_over.set()
    watching.join()
    spent = {kind: now - began.get(kind, 0.0) for kind, now in stage.cpu().items()}
    return seen, {**times, "spent": spent}


def report(
    given: argparse.Namespace,
    stage: Stage,
    seen: Seen,
    found: dict[str, int | str],
    times: dict[str, Any],
    faster: list[str],
) -> str:
    """The result as Markdown."""
    lasted, settled, loads, spent = (times[n] for n in ("lasted", "settled", "loads", "spent"))
    asked = sum(map(len, seen.took.values()))
    each = {kind: 1000 * seconds / asked for kind, seconds in spent.items()}
    faster_heads = "| s a page | pages/s | writes/s | p50 read | p95 read | p95 write | errors |"
    return "\n".join(
        [
            "# A crowd, and processes killed under it",
            "",
            f"{given.writers} people write (each thinks {span(given.writing)} s before the next",
            f"text), {given.readers} read (each reads a page for {span(given.reading)} s), one",
            "officer decides,",
            f"{lasted:.0f} s; {WEB} Granian processes × 2 threads, {WORKERS} workers,",
            "PostgreSQL with fsync.",
            facts("django", "psycopg", "granian", "aiohttp"),
            f"Load average before {loads[0]:.1f}, after {loads[1]:.1f} (ours and others').",
            f"Killed: {dict(stage.killed)}; connections lost and tried again: {seen.lost}.",
            f"Other errors: {dict(seen.wrong) or 'none'}.",
            f"Acknowledged: {len(seen.acknowledged)}; forms pressed twice: {seen.doubled}.",
            f"All that a killed process left was seen to {settled:.1f} s after the end.",
            "",
            "| asked | times | p50 ms | p95 ms |",
            "|---|--:|--:|--:|",
            *rows_of(seen),
            "",
            "| CPU | s | ms a request |",
            "|---|--:|--:|",
            *(f"| {kind} | {spent[kind]:.1f} | {each[kind]:.1f} |" for kind in spent),
            "",
            "| promise | broken |",
            "|---|--:|",
            *(f"| {name} | {times or 0} |" for name, times in found.items()),
            "",
            "Nothing killed, the same people, who read faster and faster:",
            "",
            f"{faster_heads} CPU ms a request: {' + '.join(spent)} | load |",
            "|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
            *faster,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
