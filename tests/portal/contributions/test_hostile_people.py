"""What people with bad intentions try with contributions, and do not get."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions, receipts, refusals, sealing
from aiqyn_portal.contributions.actions import erasing
from aiqyn_portal.contributions.models import Contribution, Erasable
from aiqyn_portal.search import suggestions
from tests import factories
from tests.portal.conftest import signed_in
from tests.portal.contributions.voices import KIND, decided, said
from tests.portal.tables import tables_with

Capture = Callable[..., Any]
SECRET = "жасырынсөз"
RULE = {"rule": "off_topic", "words": {"kk": "Тақырыптан тыс."}}


def removed_with_appeal(author: User, moderator: User) -> Contribution:
    """A removed text whose author says it once more in the appeal."""
    row = said(author, f"{SECRET} деген мәтін.", wording=f"{SECRET} ұсынысы.")
    sealing.seal_all()
    actions.report(row, by=moderator, rule="off_topic", words=f"{SECRET} бар")
    actions.moderate(row, by=moderator, **RULE)
    actions.appeal(row, by=author, words=f"Неге {SECRET} жоқ?")
    sealing.seal_all()
    return row


def public_places(row: Contribution) -> dict[str, str]:
    """Everything a stranger can open about a contribution."""
    number = row.number
    places = [
        reverse("contributions:one", args=[number]),
        reverse("contribution_json", args=[number]),
        reverse("contribution_receipt", args=[number]),
        reverse("contributions_json"),
        reverse("reports:body", args=[row.body.code]),
        f"{reverse('search:results')}?kind=contribution",
        f"{reverse('search_words_json')}?q={SECRET[:5]}",
    ]
    return {place: Client().get(place).content.decode().lower() for place in places}


def test_a_removed_text_is_read_nowhere_even_if_the_appeal_repeats_it(
    body: Body, citizen: User, evaluator: User
) -> None:
    row = removed_with_appeal(citizen, evaluator)

    assert [place for place, page in public_places(row).items() if SECRET in page] == []
    assert suggestions.completions(SECRET[:5]) == []


def test_what_an_appeal_says_stays_between_author_and_moderators(
    body: Body, citizen: User, evaluator: User, administrator: User
) -> None:
    row = removed_with_appeal(citizen, evaluator)
    actions.decide_appeal(row.appeals.get(), by=administrator, upheld=True, words={"kk": "Дұрыс."})
    sealing.seal_all()
    address = reverse("contribution_receipt", args=[row.number])

    def words_in(client: Client) -> list[str]:
        steps = json.loads(client.get(address).content)["steps"]
        told = {step["record"]["what"]: step["opened"] for step in steps}
        return [what for what, opened in told.items() if "words" in opened]

    assert words_in(Client()) == ["moderated", "restored"]
    assert words_in(signed_in(citizen)) == ["moderated", "appealed", "restored"]


def test_an_erased_text_is_in_no_table(
    body: Body, citizen: User, evaluator: User, administrator: User
) -> None:
    row = removed_with_appeal(citizen, evaluator)
    assert "contributions_appeal" in tables_with(SECRET)

    erasing.erase_text(row, by=administrator, **RULE)
    sealing.seal_all()

    assert tables_with(SECRET) == set()


def test_who_has_left_is_in_no_table(body: Body, citizen: User, evaluator: User) -> None:
    User.objects.filter(pk=citizen.pk).update(username="kukanova", email="kukanova@example.kz")
    citizen.refresh_from_db()
    row = said(citizen, "Жол туралы сөз.", display_name="Kukanova")
    actions.moderate(row, by=evaluator, **RULE)
    actions.appeal(row, by=citizen, words="Мен Kukanova, қайтарыңыз.")
    given = {"login": "kukanova", "password": factories.PASSWORD}
    browser = Client(headers={"User-Agent": "Phone of Kukanova"})
    assert browser.post("/kk/accounts/login/", given).status_code == 302
    assert "usersessions_usersession" in tables_with("kukanova")

    actions.leave(citizen)
    sealing.seal_all()

    assert tables_with("kukanova") == set()


@pytest.mark.parametrize("act", ["keep", "moderate", "mask", "restore", "appeal"])
def test_a_moderator_does_not_judge_own_words(
    body: Body, evaluator: User, administrator: User, act: str
) -> None:
    row = said(evaluator, "Модератордың өз сөзі.")
    if act in ("restore", "appeal"):
        actions.moderate(row, by=administrator, **RULE)
    words = {"kk": "Жарайды."}
    acts: dict[str, Callable[[], object]] = {
        "keep": lambda: actions.keep(row, by=evaluator),
        "moderate": lambda: actions.moderate(row, by=evaluator, **RULE),
        "mask": lambda: actions.mask(row, by=evaluator, text="Басқа", **RULE),
        "restore": lambda: actions.restore(row, by=evaluator, words=words),
        "appeal": lambda: actions.decide_appeal(
            actions.appeal(row, by=evaluator, words="Неге?"), by=evaluator, upheld=True, words=words
        ),
    }

    with pytest.raises(refusals.OwnWords):
        acts[act]()


def test_a_reply_stands_beside_what_it_replies_to(body: Body, citizen: User) -> None:
    other = said(citizen, "Басқа нәрсе туралы.", key="two")

    with pytest.raises(refusals.NothingThere):
        said(citizen, "Жарнама!", parent=other)


def test_days_at_the_ends_of_the_calendar_narrow_nothing(citizen_client: Client) -> None:
    for day in ("0001-01-01", "9999-12-31"):
        answer = citizen_client.get(reverse("contributions:cabinet"), {"since": day, "until": day})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/ru/contributions/write/trial/%00/",
        "/ru/drafts/%00/",
        "/ru/dialogue/bodies/%00/",
        "/contributions/similar.json?text=сапалы+жолдар&kind=%00",
    ],
)
def test_a_nul_in_an_address_is_no_error(citizen_client: Client, address: str) -> None:
    assert citizen_client.get(address).status_code in (200, 404)


def test_a_nul_in_a_number_is_no_error(officer_client: Client) -> None:
    numbers = {"number": ["\0", "2026-\0"]}

    assert officer_client.get(reverse("contributions:decide"), numbers).status_code == 302
    assert officer_client.get(reverse("dialogue:answer"), numbers).status_code == 404


def test_asking_for_one_kind_many_times_costs_as_much_as_once(
    body: Body, citizen: User, django_assert_max_num_queries: Any
) -> None:
    said(citizen, "Орталық алаңдағы субұрқақты жөндеу қажет.", kind=KIND)
    sealing.seal_all()
    asked = {"text": "Орталық алаңдағы субұрқақты жөндеу қажет", "kind": ["contribution"] * 10}

    with django_assert_max_num_queries(45):
        answer = Client().get(reverse("contributions_similar_json"), asked)

    assert len(answer.json()["similar"]) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"shown": "removed"}, "{} is not shown as its steps say"),
        ({"outcome": "declined"}, "{} is not shown as its steps say"),
        ({"reason": "other_body"}, "{} is not shown as its steps say"),
    ],
)
def test_a_row_changed_in_the_database_is_found(
    body: Body, citizen: User, officer: User, change: dict[str, str], told: str
) -> None:
    row = decided(said(citizen), officer)
    sealing.seal_all()
    assert receipts.first_broken() == ""

    Contribution.objects.filter(pk=row.pk).update(**change)

    assert receipts.first_broken() == told.format(row.number)


def test_a_text_replaced_together_with_its_salt_is_found(body: Body, citizen: User) -> None:
    row = said(citizen)
    sealing.seal_all()

    Contribution.objects.filter(pk=row.pk).update(text="Бәрі жақсы.")
    Erasable.objects.filter(step__contribution=row).update(salts={})

    assert receipts.first_broken() == f"text of {row.number} was taken away"


def test_what_was_erased_by_a_step_is_no_break(
    body: Body, citizen: User, evaluator: User, administrator: User
) -> None:
    rows = [said(citizen, f"{number}-сөз", display_name="Айгүл") for number in range(3)]
    actions.mask(rows[0], by=evaluator, text="…сөз", **RULE)
    erasing.erase_text(rows[1], by=administrator, **RULE)
    actions.moderate(rows[2], by=evaluator, **RULE)
    actions.appeal(rows[2], by=citizen, words="Неге?")
    actions.leave(citizen)
    sealing.seal_all()

    assert receipts.first_broken() == ""


@pytest.mark.parametrize("onward", ["NaN", "x", "https://evil.kz/", "//evil.kz", "/\\evil.kz"])
def test_a_vote_leads_back_to_a_page_of_ours(
    body: Body, citizen: User, officer_client: Client, onward: str
) -> None:
    row = said(citizen)
    given = {"value": "for", "next": onward}

    answer = officer_client.post(reverse("contributions:support", args=[row.number]), given)

    assert answer.headers["Location"] == reverse("contributions:one", args=[row.number])
