"""Everything a first start does; a later start finds its stamp and does nothing."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.utils.translation import override

import aiqyn
from aiqyn.text import LANGUAGES
from aiqyn_portal.demo.people import create, people
from aiqyn_portal.demo.rounds import load_rounds
from aiqyn_portal.demo.sites import audit_examples
from aiqyn_portal.evaluation.loading import load_all_published
from aiqyn_portal.reports.drawn_league import drawn_league
from aiqyn_portal.reports.league import DEFAULT_SORT
from aiqyn_portal.reports.places import facts_of
from aiqyn_portal.reports.queries import final_rounds

Say = Callable[[str], object]
SOURCES = Path(__file__).resolve().parents[2]


def everything(folder: Path, *, say: Say) -> None:
    """Bring the data folder up to date with this version of the code."""
    stamp = folder / "prepared.stamp"
    wanted = _version()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Preparing the portal (once) …")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    say("  database and pages are ready")
    call_command("import_bodies", verbosity=0)
    load_all_published()
    say("  the registry and the published ratings of 2019 and 2020 are loaded")
    users = {person.username: create(person) for person in people(folder)}
    audit_examples(say)
    load_rounds(users["evaluator"])
    _draw_tables()
    say("  the tables of the ratings are drawn")
    stamp.write_text(wanted)


def _draw_tables() -> None:
    """Draw every published table once: its charts wait for the first reader, who does not."""
    for language in LANGUAGES:
        with override(language):
            for code in [round_.code for round_ in final_rounds()]:
                facts = facts_of(code)
                assert facts is not None  # noqa: S101 - it was listed a moment ago
                drawn_league(language, code, DEFAULT_SORT, "", facts)


def _version() -> str:
    """Changes with the version, the migrations and the shipped tables."""
    digest = hashlib.sha256(aiqyn.__version__.encode())
    watched = [*SOURCES.glob("**/migrations/0*.py"), *SOURCES.glob("**/*.css")]
    for path in sorted(watched):
        digest.update(path.read_bytes())
    return digest.hexdigest()
