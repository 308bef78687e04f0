import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from aiqyn.ledger import receipts as papers
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions, protection, receipts, refusals, sealing
from aiqyn_portal.contributions.models import (
    Complaint,
    Contribution,
    Erasable,
    LedgerIsAppendOnly,
    Root,
    Seal,
    Step,
)
from tests.portal.contributions.voices import decided, said

DAYS_ON = timedelta(days=1)


@pytest.fixture
def triggers(db: None) -> None:
    """The triggers of the migration, inside this test's transaction."""
    protection.install(connection)


@pytest.fixture
def life(body: Body, citizen: User, officer: User) -> Contribution:
    """A sealed contribution with a decision: three steps, positions 1, 2, 3."""
    row = decided(said(citizen, "Мәтін", display_name="Айгүл"), officer)
    sealing.seal_all()
    return row


def tomorrow() -> date:
    return timezone.localdate() + DAYS_ON


def test_steps_are_sealed_into_one_chain_without_gaps(life: Contribution) -> None:
    assert list(Seal.objects.values_list("position", flat=True)) == [1, 2, 3]
    assert receipts.first_broken() == ""
    assert sealing.seal_all() == sealing.seal_if_free() == 0
    assert life.steps.get(number=1).link == Seal.objects.get(position=1).link


def test_a_step_is_sealed_once_it_is_committed(
    body: Body, citizen: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = said(citizen)
        assert row.steps.get(number=1).link == ""

    assert row.steps.get(number=1).link != ""


EDITS: dict[str, Callable[[], object]] = {
    "a step": lambda: Step.objects.filter(number=3).update(outcome="declined"),
    "its day": lambda: Step.objects.filter(number=1).update(at=timezone.now() - DAYS_ON),
    "a link": lambda: Seal.objects.filter(position=2).update(link="0" * 64),
    "a text": lambda: Contribution.objects.update(text="Басқа мәтін"),
    "a name": lambda: Contribution.objects.update(display_name="Басқа"),
    "the words of a decision": lambda: Erasable.objects.filter(step__number=3).update(
        words={"kk": "Басқа"}
    ),
    "the number": lambda: Contribution.objects.update(number="2026-999999"),
    "a deletion": lambda: (
        Seal.objects.filter(position=2)._raw_delete("default"),
        Erasable.objects.filter(step__number=2)._raw_delete("default"),
        Step.objects.filter(number=2)._raw_delete("default"),
    ),
    "an order": lambda: (
        Seal.objects.filter(position=1).update(position=9),
        Seal.objects.filter(position=2).update(position=1),
        Seal.objects.filter(position=9).update(position=2),
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_any_change_behind_the_portal_is_found(life: Contribution, edit: str) -> None:
    EDITS[edit]()

    assert receipts.first_broken() != ""


def test_an_insertion_is_found(life: Contribution) -> None:
    step = Step.objects.create(
        contribution=life, number=4, at=timezone.now(), what="done", role="system"
    )
    Seal.objects.create(position=4, step=step, day=timezone.localdate(), link="ab" * 32)

    assert receipts.first_broken() == f"step 4 does not follow ({life.number}/4)"


@pytest.mark.parametrize(
    "change",
    [
        lambda: Step.objects.filter(number=1).update(what="done"),
        lambda: Seal.objects.filter(position=1).update(link="0" * 64),
        lambda: Root.objects.update(size=5),
        lambda: Seal.objects.filter(position=1)._raw_delete("default"),
        lambda: Root.objects.all()._raw_delete("default"),
    ],
)
def test_the_database_itself_refuses_a_change(
    life: Contribution, triggers: None, change: Callable[[], object]
) -> None:
    sealing.publish_roots(tomorrow())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()

    assert receipts.first_broken() == ""


@pytest.mark.parametrize("table", ["step", "seal", "root"])
def test_nothing_is_put_in_the_place_of_another(
    life: Contribution, triggers: None, table: str
) -> None:
    """SQLite asks no DELETE trigger when INSERT OR REPLACE takes a row away."""
    sealing.publish_roots(tomorrow())
    replace = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    name = f"contributions_{table}"

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{replace} INTO {name} SELECT * FROM {name}")


def test_rows_refuse_to_change(life: Contribution) -> None:
    for row in (life.steps.get(number=1), Seal.objects.get(position=1)):
        with pytest.raises(LedgerIsAppendOnly):
            row.save()
        with pytest.raises(LedgerIsAppendOnly):
            row.delete()
    with pytest.raises(LedgerIsAppendOnly):
        life.delete()


def verdict_of(row: Contribution, *, is_own: bool = True) -> str:
    made = papers.read_receipt(papers.encode(receipts.receipt(row, is_own=is_own)), "receipt")
    roots = papers.read_roots(papers.encode(receipts.roots()), "roots")
    return papers.verdict(papers.verify(made, [roots]))


def test_a_receipt_is_proven_once_its_day_has_a_root(life: Contribution) -> None:
    assert verdict_of(life) == "not_yet"

    made = sealing.publish_roots(tomorrow())

    assert [(root.first, root.size) for root in made] == [(1, 3)]
    assert sealing.publish_roots(tomorrow()) == []
    assert verdict_of(life) == verdict_of(life, is_own=False) == "proven"


def test_a_receipt_before_the_seal_says_so(body: Body, citizen: User) -> None:
    made = receipts.receipt(said(citizen), is_own=True)

    assert {step.link for step in made.steps} == {""}


def test_a_receipt_opens_names_to_the_author_alone(life: Contribution, citizen: User) -> None:
    own = receipts.receipt(life, is_own=True).steps[0].opened
    others = receipts.receipt(life, is_own=False).steps[0].opened

    assert {name: each.value for name, each in own.items()} == {
        "text": "Мәтін",
        "name": "Айгүл",
        "by": citizen.username,
    }
    assert set(others) == {"text"}


def test_a_removed_text_is_not_opened_to_others(life: Contribution, evaluator: User) -> None:
    actions.moderate(life, by=evaluator, rule="insult", words="Болмайды")

    opened = [step.opened for step in receipts.receipt(life, is_own=False).steps]

    assert opened == [{}, {}, {}, {}]


def test_days_go_on_after_a_root(life: Contribution, citizen: User, monkeypatch: Any) -> None:
    sealing.publish_roots(tomorrow())
    day = tomorrow()
    monkeypatch.setattr(sealing.timezone, "localdate", lambda *_: day)
    other = said(citizen, "Ертең")
    sealing.seal_all()
    sealing.publish_roots(day + DAYS_ON)

    assert [(root.first, root.size) for root in Root.objects.order_by("day")] == [(1, 3), (4, 2)]
    assert verdict_of(life) == verdict_of(other) == "proven"
    assert receipts.first_broken() == ""


def test_nothing_is_sealed_on_a_day_whose_root_is_out(life: Contribution, citizen: User) -> None:
    """A clock that goes back changes no day that has been published."""
    [root] = sealing.publish_roots(tomorrow())
    said(citizen, "Кеш")
    sealing.seal_all()

    assert Seal.objects.filter(day=root.day).count() == root.size
    assert receipts.first_broken() == ""


@pytest.mark.parametrize(("column", "value"), [("root", "0" * 64), ("size", 2), ("first", 2)])
def test_a_changed_root_is_found(life: Contribution, column: str, value: Any) -> None:
    sealing.publish_roots(tomorrow())

    Root.objects.update(**{column: value})

    assert "root" in receipts.first_broken()


def test_a_root_of_other_steps_is_found(life: Contribution) -> None:
    sealing.publish_roots(tomorrow())
    Seal.objects.filter(position=3).update(day=tomorrow())

    assert "is not that of its steps" in receipts.first_broken()


def test_whoever_leaves_takes_the_name_and_leaves_the_text(
    life: Contribution, citizen: User, neighbour: User, evaluator: User
) -> None:
    other = said(neighbour)
    actions.support(other, citizen, 1)
    actions.report(other, by=citizen, rule="insult", words="Менің атым Айгүл")
    hidden = said(citizen, "Нөмірім 8 (701) 123-45-67", consent_to_mask=True)
    actions.moderate(hidden, by=evaluator, rule="off_topic", words="Тақырыптан тыс")
    actions.appeal(hidden, by=citizen, words="Неге?")
    sealing.seal_all()
    before = receipts.receipt(life, is_own=True)

    assert actions.leave(citizen) == 2
    sealing.seal_all()
    sealing.publish_roots(tomorrow())

    life.refresh_from_db()
    other.refresh_from_db()
    hidden.refresh_from_db()
    citizen.refresh_from_db()
    assert (life.author, life.display_name, life.text) == (None, "", "Мәтін")
    assert (hidden.original_text, other.votes_for) == ("", 1)
    assert (citizen.username, citizen.email, citizen.is_active) == (
        f"left-{citizen.pk}",
        "",
        False,
    )
    assert not Erasable.objects.filter(by=citizen).exists()
    assert Complaint.objects.get().words == ""
    left = Erasable.objects.filter(step__contribution__in=[life, hidden], step__role="author")
    assert {name for each in left for name in each.salts} == {"text"}
    assert receipts.first_broken() == ""
    assert verdict_of(life, is_own=False) == "proven"
    # the receipt of before goes on proving who wrote it; its proof was still to come
    assert papers.verdict(papers.verify(before, [receipts.roots()])) == "not_yet"


def test_officers_do_not_leave_while_they_act_for_a_body(officer: User) -> None:
    with pytest.raises(refusals.OfficersStay):
        actions.leave(officer)


def test_a_masked_text_cannot_be_opened_from_the_ledger(
    body: Body, citizen: User, evaluator: User
) -> None:
    row = said(citizen, "Көршім Асан, 12-пәтер, ішеді", wording="")
    actions.mask(
        row, by=evaluator, text="Көршім, …, ішеді", rule="personal_data", words="Пәтер нөмірі"
    )
    sealing.seal_all()

    opened = [step.opened.get("text") for step in receipts.receipt(row, is_own=True).steps]

    assert [each.value if each else None for each in opened] == [None, None, "Көршім, …, ішеді"]
    assert receipts.first_broken() == ""
    with pytest.raises(refusals.TextIsEmpty):
        actions.mask(row, by=evaluator, text=" ", rule="personal_data", words="Пәтер")


def test_masked_words_of_a_paragraph_cannot_be_opened_either(
    body: Body, citizen: User, evaluator: User
) -> None:
    row = said(citizen, "", wording="Асан, 12-пәтер, итін серуендетпейді")
    given: dict[str, Any] = {"by": evaluator, "rule": "personal_data", "words": "Пәтер нөмірі"}
    actions.mask(row, text="", wording="…, итін серуендетпейді", **given)
    sealing.seal_all()

    opened = [step.opened.get("wording") for step in receipts.receipt(row, is_own=True).steps]

    assert row.wording == "…, итін серуендетпейді"
    assert [each.value if each else None for each in opened] == [None, None, row.wording]
    assert receipts.first_broken() == ""
    with pytest.raises(refusals.TextIsEmpty):
        actions.mask(row, text=" ", wording="…", **given)


def test_an_erased_text_leaves_steps_that_hold(
    life: Contribution, administrator: User, evaluator: User
) -> None:
    with pytest.raises(PermissionDenied):
        actions.erase_text(life, by=evaluator, rule="unlawful", words="Сот шешімі")
    with pytest.raises(refusals.WordsMissing):
        actions.erase_text(life, by=administrator, rule="unlawful", words="")

    actions.erase_text(life, by=administrator, rule="unlawful", words="Сот шешімі")
    sealing.seal_all()

    assert (life.text, life.shown) == ("", "erased")
    assert receipts.first_broken() == ""


def test_the_ledger_is_verified_and_sealed_from_the_command_line(life: Contribution) -> None:
    said_ = io.StringIO()

    call_command("seal_contributions", stdout=said_)
    call_command("verify_contributions", stdout=said_)
    [root] = sealing.publish_roots(tomorrow())
    call_command("verify_contributions", stdout=said_)

    assert said_.getvalue().splitlines() == [
        "0 steps sealed, 0 roots published",
        "3 steps hold; no root yet",
        f"3 steps hold; the last root is {root.root} of {root.day}",
    ]
    Contribution.objects.update(text="Басқа")
    with pytest.raises(CommandError, match=f"text of {life.number}/1 was changed"):
        call_command("verify_contributions")


WRITERS = """
import json, os, sys, django
django.setup()
from django.db import connection
from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import receipts, sealing
from aiqyn_portal.contributions.models import Contribution, Seal
from tests.factories import BodyFactory, UserFactory
from tests.portal.contributions.voices import offer_kinds, said
people = sys.argv[1:]
if connection.vendor == "sqlite":  # a copy of its own, without people
    BodyFactory(code="kz-akm-shymkent")
    for who in people:
        UserFactory(username=who)
connection.close()
def write(who):
    child = os.fork()
    if child:
        return child
    offer_kinds()
    author = User.objects.get(username=who)
    for n in range(8):
        said(author, f"Пікір {n}", form_key=str(n % 6))
    os._exit(0)
ends = [os.waitpid(child, 0)[1] for child in [write(who) for who in people * 2]]
sealing.seal_all()
kept = [Contribution.objects.count(), Seal.objects.count(), receipts.first_broken()]
print(json.dumps([ends, *kept]))
"""


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_lose_and_double_nothing(
    environment_of_a_process: dict[str, str], body: Body, citizen: User, neighbour: User
) -> None:
    """Two people, two processes each, the same forms from both."""
    done = subprocess.run(
        [sys.executable, "-c", WRITERS, citizen.username, neighbour.username],
        env={**environment_of_a_process, "AIQYN_CONTRIBUTIONS_A_MINUTE": "100"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == [[0, 0, 0, 0], 12, 24, ""]
