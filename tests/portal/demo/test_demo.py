"""A first start fills an empty folder; a second finds everything there."""

import io
import json
import re
import socket
import stat
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from django.utils.translation import override

from aiqyn_portal import __main__ as demo
from aiqyn_portal.accounts.models import Membership, User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.demo import prepare, stamp
from aiqyn_portal.demo.people import ROLES, people
from aiqyn_portal.demo.stamp import is_prepared
from aiqyn_portal.evaluation.models import Rating, Round
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.notices.models import Delivery
from aiqyn_portal.sections.open_data.models import Dataset
from aiqyn_portal.sections.site_audit import aspects, history, queries


@pytest.fixture
def folder(db, settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setenv("AIQYN_VAR", str(tmp_path))
    return tmp_path


class Start(NamedTuple):
    """A first start: where it worked, and the lines it printed."""

    folder: Path
    said: list[str]


@pytest.fixture(scope="module")
def started(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Start]:
    """One first start for all tests of it; what it wrote is taken back at the end."""
    folder, printed = tmp_path_factory.mktemp("first"), io.StringIO()
    own = {
        "VAR": folder,
        "STATIC_ROOT": folder / "static",
        "EVIDENCE_STORE": str(folder / "evidence"),
        "PUBLIC_ADDRESS": "http://127.0.0.1:8123",
        "PASSWORD_HASHERS": ["tests.factories.QuickHasher"],
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    }
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(**own),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setenv("AIQYN_VAR", str(folder))
        patch.setenv("AIQYN_ORIGINS", "http://127.0.0.1:8123")  # a start would leave them set
        patch.setenv("AIQYN_DATA_ADDRESS", "https://aiqyn.example")
        with redirect_stdout(printed):
            demo.main(["--prepare-only", "--port", "8123"])
        yield Start(folder, printed.getvalue().splitlines())
        transaction.set_rollback(True)


def test_first_start_loads_audits_and_rates(started, db):
    states = dict(Round.objects.values_list("code", "state"))

    assert states == {
        "kz-openness-2019": "final",
        "kz-openness-2020": "final",
        "example-2025": "final",
        "example-2025-try": "open",
    }
    assert Audit.objects.count() == 4
    assert Rating.objects.filter(entry__round__code="kz-openness-2020").count() == 17
    good = Rating.objects.get(entry__body__code="kz-example-good", stage="final")
    poor = Rating.objects.get(entry__body__code="kz-example-poor", stage="final")
    assert (good.rank, poor.rank) == (1, 2)
    told = [line for line in started.said if "“" in line]
    assert ["“good”" in told[0], "“poor”" in told[1], len(told)] == [True, True, 2]


def test_one_example_has_a_history_and_an_expert_beside_the_machine(started, db):
    poor = Body.objects.get(code="kz-example-poor")
    steps = history.time_line(queries.audits_of(poor))
    newest = steps[0].audit
    compared = aspects.beside(
        queries.lines_of(newest), aspects.published_reviews(newest.pk)[0].marks
    )

    assert [str(step.audit.as_of) for step in steps] == ["2025-11-20", "2025-09-19", "2025-06-20"]
    assert len({step.audit.start for step in steps}) == 1
    assert [bool(step.fixed) for step in steps] == [True, True, False]
    assert steps[0].new > 0  # what the new server no longer says
    assert {step.audit.was_cut for step in steps} == {False}
    assert aspects.agreed(compared).kappa is not None
    assert sum(each.is_judged_by_both for each in compared) > 15
    audits = Audit.objects.filter(body__code="kz-example-good")
    assert audits.count() == 1


def test_example_sets_have_stars_on_a_machine_no_one_reaches_and_say_for_what_address(started, db):
    shown = {row.name: row.stars for row in Dataset.objects.exclude(newest=None)}

    assert sorted(shown.values()) == [2, 3, 3, 3, 3, 3, 3, 5], shown
    page = Client().get("/kk/open-data/sets/mektepter/v2/mektepter.csv/").content.decode()
    assert "https://aiqyn.example/data/mektepter/v2/mektepter.csv мекенжайында" in page


def test_news_of_the_examples_is_in_the_cabinets_and_in_no_letter(started, db):
    assert Delivery.objects.count() > 0
    assert list(Delivery.objects.exclude(letter_due=None)) == []


def test_later_starts_repeat_no_work(started, db):
    again = []
    prepare.everything(started.folder, say=again.append)
    (started.folder / "prepared.stamp").write_text("another version")
    prepare.everything(started.folder, say=lambda line: None)

    assert again == []
    assert Audit.objects.count() == 4
    assert Round.objects.count() == 4
    # two officers of example bodies and four people who comment never sign in
    assert User.objects.count() == 10


def test_first_start_prepares_and_welcomes_with_accounts_that_work(started, db):
    words = "\n".join(started.said)

    assert started.said[0] == "Preparing the portal (once) …"
    assert is_prepared(started.folder)
    assert "http://127.0.0.1:8123/" in words
    for person in people(started.folder):
        assert f"{person.username:<10} {person.password}" in words
        assert Client().login(username=person.username, password=person.password)
    with override(None):
        shown = re.findall(r"http://127\.0\.0\.1:8123(/kk/\S+)", words)
        answers = {address: Client().get(address).status_code for address in shown}
    sign_in_first = {"/kk/account/voice/", "/kk/work/", "/kk/office/"}
    assert answers == {address: 302 if address in sign_in_first else 200 for address in shown}
    assert sign_in_first | {"/kk/drafts/", "/kk/dialogue/", "/kk/open-data/"} < set(shown)


def test_passwords_are_made_here_and_for_their_owner_only(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")

    here = {person.password for person in people(folder)}
    there = {person.password for person in people(other)}

    kept = folder / "demo-accounts.json"
    assert not here & there
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert set(json.loads(kept.read_text())) == {"admin", "evaluator", "officer", "citizen"}


def test_port_that_is_taken_is_refused_before_anything_is_prepared(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        with pytest.raises(SystemExit, match=rf"127\.0\.0\.1:{port}: .*PORT=8010 make run"):
            demo.main(["--port", port])

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("port", ["http", "99999", "-1"])
def test_port_that_is_no_port_is_refused(folder, port):
    with pytest.raises(SystemExit, match=f"127.0.0.1:{port}: "):
        demo.main([f"--port={port}"])


def test_roles_of_the_demo_are_roles_of_the_portal():
    assert {role for role in ROLES.values() if role} == set(Membership.Role.values)


def test_what_arrives_while_a_start_prepares_is_left_to_the_next(tmp_path, monkeypatch):
    began = stamp.version()
    monkeypatch.setattr(stamp.aiqyn, "__version__", "9.9.9")

    stamp.mark_prepared(tmp_path, began)

    assert not is_prepared(tmp_path)
