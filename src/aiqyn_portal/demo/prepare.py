"""Everything a first start does; a later start finds its stamp and does nothing."""

from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.utils.translation import override

from aiqyn.text import LANGUAGES
from aiqyn_portal.demo.accounts import create
from aiqyn_portal.demo.data import load_data
from aiqyn_portal.demo.dialogue import load_dialogue
from aiqyn_portal.demo.drafts import load_drafts
from aiqyn_portal.demo.people import people
from aiqyn_portal.demo.reviews import load_review
from aiqyn_portal.demo.rounds import load_rounds
from aiqyn_portal.demo.sites import audit_examples
from aiqyn_portal.demo.stamp import is_prepared, mark_prepared, version
from aiqyn_portal.evaluation.loading import load_all_published
from aiqyn_portal.notices.models import Delivery
from aiqyn_portal.reports.drawn_league import drawn_league
from aiqyn_portal.reports.league import DEFAULT_SORT
from aiqyn_portal.reports.places import facts_of
from aiqyn_portal.reports.rows import final_rounds

Say = Callable[[str], object]


def everything(folder: Path, *, say: Say) -> None:
    """Bring the data folder up to date with this version of the code."""
    if is_prepared(folder):
        return
    began = version()
    say("Preparing the portal (once) …")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    say("  database and pages are ready")
    call_command("import_bodies", verbosity=0)
    load_all_published()
    say("  the registry and the published ratings of 2019 and 2020 are loaded")
    users = {person.username: create(person) for person in people(folder)}
    told = set(Delivery.objects.values_list("pk", flat=True))
    audit_examples(say)
    load_review(users["evaluator"])
    load_data(users["officer"], users["evaluator"], say)
    load_drafts(users["officer"], say)
    load_dialogue(users["officer"], say)
    load_rounds(users["evaluator"])
    # the examples' news is in the cabinets; as letters it would push the accounts off the terminal
    Delivery.objects.exclude(pk__in=told).update(letter_due=None)
    call_command("rebuild_search", verbosity=0)
    _draw_tables()
    say("  the tables of the ratings are drawn")
    mark_prepared(folder, began)


def _draw_tables() -> None:
    """Draw every published table once: its charts wait for the first reader, who does not."""
    for language in LANGUAGES:
        with override(language):
            for code in [round_.code for round_ in final_rounds()]:
                facts = facts_of(code)
                assert facts is not None  # noqa: S101 - it was listed a moment ago
                drawn_league(language, DEFAULT_SORT, "", facts)
