"""Everything a first start does; a later start finds its stamp and does nothing."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command

import aiqyn
from aiqyn_portal.demo.people import create, people
from aiqyn_portal.demo.rounds import load_rounds
from aiqyn_portal.demo.sites import audit_examples
from aiqyn_portal.evaluation.loading import load_all_published

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
    stamp.write_text(wanted)


def _version() -> str:
    """Changes with the version, the migrations and the shipped tables."""
    digest = hashlib.sha256(aiqyn.__version__.encode())
    watched = [*SOURCES.glob("**/migrations/0*.py"), *SOURCES.glob("**/*.css")]
    for path in sorted(watched):
        digest.update(path.read_bytes())
    return digest.hexdigest()
