"""Who says the very same is found by the words, whatever became of the first who said it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions.grouping import actions, same, tasks
from aiqyn_portal.contributions.grouping.models import Member
from aiqyn_portal.contributions.models import Contribution
from tests.portal.contributions.voices import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("body", "plenty")]

ROAD = "Абай көшесіндегі жолды биыл жөндеуді сұраймыз, балалар мектепке балшықпен барады."


def placed(author: User, *, key: str = "one", text: str = ROAD) -> Contribution:
    row = said(author, text, key=key)
    actions.place(row)
    return row


def test_of_copies_the_first_is_found_of_folds_the_newest_come_first(
    citizen: User, neighbour: User
) -> None:
    rows = [placed(citizen, key=f"{n}") for n in range(same.MOST + 1)]
    for row in rows:
        placed(neighbour, key=row.about_key)
    placed(neighbour, key="other", text="Көше шамдары неге жанбайды?")

    found = same.numbers_of_same_words(ROAD)

    assert found == [row.number for row in reversed(rows[1:])]
    assert same.numbers_of_same_words("…") == []


@pytest.mark.parametrize("shown", ["removed", "withdrawn", "erased"])
def test_copies_of_what_is_hidden_are_found_and_the_hidden_is_not(
    shown: str, citizen: User, neighbour: User
) -> None:
    first, second = placed(citizen), placed(neighbour)
    alone = placed(citizen, key="two")
    hidden = Contribution.objects.filter(pk__in=[first.pk, alone.pk])
    hidden.update(shown=shown)

    assert same.numbers_of_same_words(ROAD) == [second.number]

    Contribution.objects.filter(pk=second.pk).update(shown=shown)
    assert same.numbers_of_same_words(ROAD) == []


def test_what_was_placed_before_words_were_kept_is_found_after_some_minutes(
    citizen: User, neighbour: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [placed(citizen), placed(neighbour), placed(citizen, key="two")]
    Member.objects.update(words=None)
    later = timezone.now() + timedelta(minutes=5)
    monkeypatch.setattr(actions, "WORKED_OUT", 2)

    tasks.place_left(later)
    assert Member.objects.filter(words__isnull=True).count() == 1
    tasks.place_left(later)

    assert same.numbers_of_same_words(ROAD) == [rows[2].number, rows[0].number]
    assert actions.know_words() == 0


def test_the_command_makes_all_found_at_once(
    citizen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [placed(citizen, key=f"{n}") for n in range(3)]
    Member.objects.update(words=None)
    monkeypatch.setattr(actions, "WORKED_OUT", 2)

    assert actions.place_left_out() == 0
    assert len(same.numbers_of_same_words(ROAD)) == len(rows)


def test_looking_for_what_is_to_be_worked_out_reads_no_whole_table(citizen: User) -> None:
    placed(citizen)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # it would rather read a table this small
            cursor.execute("SET LOCAL enable_seqscan = off")

    plan = Member.objects.filter(words__isnull=True).order_by()[:1].explain()

    assert "grouping_member_words" in plan
