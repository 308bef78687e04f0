"""Near copies are placed beside one another, proposed to officers, shown once; none is deleted."""

from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse

from aiqyn.likeness import method
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.grouping import actions, queries
from aiqyn_portal.contributions.grouping.models import Fold, Key, Member
from aiqyn_portal.contributions.models import Contribution, Step
from tests import factories
from tests.portal.contributions.voices import KIND, QUESTION, decided, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("body", "plenty")]

ROAD = "Абай көшесіндегі жолды биыл жөндеуді сұраймыз, балалар мектепке балшықпен барады."
COPY = "Құрметті әкім! " + ROAD + " Көмектесіңіздерші."
LATIN = "Abai koshesindegi joldy biyl jondeudi suraimyz, balalar mektepke balshyqpen barady"


def placed(author: Any, text: str = ROAD, **given: Any) -> Contribution:
    row = said(author, text, **given)
    actions.place(row)
    return row


def folds(*rows: Contribution) -> list[int]:
    """The fold of each, counted from 0 in the order they are met."""
    found = [Member.objects.get(contribution=row).fold_id for row in rows]
    return [list(dict.fromkeys(found)).index(each) for each in found]


def test_what_is_received_is_placed_after_it_was_kept(
    citizen: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = said(citizen, ROAD)

    member = Member.objects.get(contribution=row)
    assert (member.is_face, member.keys.count() > 10) == (True, True)
    assert actions.place(row) == member


def test_copies_of_one_thing_are_folded(citizen: Any, neighbour: Any) -> None:
    rows = [placed(citizen), placed(neighbour, COPY), placed(neighbour, LATIN)]

    assert folds(*rows) == [0, 0, 0]
    assert list(queries.folded(KIND, "one")) == [rows[0]]
    assert queries.copies([rows[0]]) == {rows[0].pk: 2}
    assert list(queries.copies_of(rows[2])) == rows


@pytest.mark.parametrize(
    "given",
    [
        {"anchor": "art_5"},
        {"stance": "against"},
        {"key": "two"},
        {"kind": QUESTION},
        {"text": ROAD.replace("биыл", "2027 жылы")},
        {"text": "Қарсымын! " + ROAD},
        {"wording": "Жол үш ай ішінде жөнделеді."},
    ],
)
def test_another_place_stance_or_opinion_is_never_folded(
    citizen: Any, neighbour: Any, given: dict[str, Any]
) -> None:
    first = placed(citizen)
    other = placed(neighbour, **given)

    assert folds(first, other) == [0, 1]


def test_proposed_words_are_compared_too(citizen: Any, neighbour: Any) -> None:
    wording = "Жолды жөндеу мерзімі үш айдан аспайды."
    one = placed(citizen, "", wording=wording)
    same = placed(neighbour, "", wording=wording + " ")
    other = placed(neighbour, "", wording=wording.replace("үш", "алты"))

    assert folds(one, same, other) == [0, 0, 1]


def test_text_without_words_to_look_up_is_alone(citizen: Any, neighbour: Any) -> None:
    assert folds(placed(citizen, "12"), placed(neighbour, "12")) == [0, 1]


def test_copy_that_says_it_otherwise_stands_for_its_fold_too(citizen: Any, neighbour: Any) -> None:
    placed(citizen)
    longer = placed(neighbour, COPY + " Бұл туралы жергілікті газет те жазды, халық күтіп отыр.")
    same = placed(neighbour, COPY)

    assert Member.objects.get(contribution=longer).is_face
    assert not Member.objects.get(contribution=same).is_face


def test_folds_begun_at_once_become_one(citizen: Any, neighbour: Any) -> None:
    one = placed(citizen)
    other = said(neighbour, COPY)
    fold = Fold.objects.create(kind=KIND, about_key="one", made_at=other.made_at)
    apart = Member.objects.create(contribution=other, fold=fold, is_face=True)
    Key.objects.bulk_create(
        Key(number=key.number, member=apart) for key in Key.objects.filter(member=one.folded)
    )

    third = placed(neighbour)

    assert folds(one, other, third) == [0, 0, 0]


def test_folds_that_speak_against_one_another_stay_apart(citizen: Any, neighbour: Any) -> None:
    plain = "Автотұраққа орын бөлгенде аулалардағы ағаштар, балалар алаңы, жаяу жол ескерілсін"
    more = placed(citizen, plain + ", алым көбейтілсін.")
    less = placed(neighbour, plain + ", алым азайтылсын.")
    neither = placed(neighbour, plain + ".")

    assert folds(more, less)[1] == 1
    assert folds(more, less, neither)[2] in (0, 1)


def test_officer_is_proposed_copies_and_puts_them_together(
    citizen: Any, neighbour: Any, officer: Any, officer_client: Any
) -> None:
    rows = [placed(citizen), placed(neighbour, COPY), placed(neighbour, LATIN)]
    placed(neighbour, "Мектепке спорт залы керек, балалар далада жаттығады.")

    (proposal,) = queries.proposals([rows[0].body_id])
    page = officer_client.get(reverse("grouping:proposals"))
    assert (proposal.first, proposal.count) == (rows[0], 3)
    assert page.status_code == 200
    assert reverse("grouping:proposal", args=[proposal.fold.pk]) in page.content.decode()

    address = reverse("grouping:proposal", args=[proposal.fold.pk])
    assert rows[1].number in officer_client.get(address).content.decode()
    answer = officer_client.post(address, {"without": [rows[2].number]})

    assert answer.url == f"{reverse('contributions:decide')}?number={rows[0].number}"
    groups = list(Contribution.objects.filter(pk__in=[r.pk for r in rows]).order_by("pk"))
    assert groups[0].group == groups[1].group
    assert groups[0].group.method == "likeness"
    assert groups[2].group is None
    assert Step.objects.filter(what=Step.What.GROUPED).count() == 2
    assert [each.count for each in queries.proposals([rows[0].body_id])] == [3]  # one is left

    actions.confirm(proposal.fold, by=officer)

    assert queries.proposals([rows[0].body_id]) == []


def test_decided_ones_are_proposed_no_more(citizen: Any, neighbour: Any, officer: Any) -> None:
    first, other = placed(citizen), placed(neighbour, COPY)
    decided(first, officer)

    assert queries.proposals([first.body_id]) == []
    assert list(queries.waiting(first.folded.fold)) == [other]


def test_page_of_a_fold_with_nothing_waiting_leads_back(
    citizen: Any, officer: Any, officer_client: Any
) -> None:
    row = placed(citizen)
    decided(row, officer)

    answer = officer_client.get(reverse("grouping:proposal", args=[row.folded.fold_id]))

    assert answer.url == reverse("grouping:proposals")


def test_officer_of_another_body_puts_nothing_together(citizen: Any, neighbour: Any) -> None:
    row = placed(citizen)
    placed(neighbour, COPY)
    stranger = factories.officer(factories.BodyFactory(code="kz-akm-almaty"))

    with pytest.raises(PermissionDenied):
        actions.confirm(row.folded.fold, by=stranger)
    assert queries.proposals([stranger.memberships.first().body_id]) == []


def test_withdrawn_copy_is_listed_as_such_and_counted_no_more(citizen: Any, neighbour: Any) -> None:
    first, second = placed(citizen), placed(neighbour, COPY)
    contributions.withdraw(first, by=citizen)

    assert set(queries.folded(KIND, "one")) == {first, second}
    assert queries.copies([second]) == {second.pk: 0}
    assert list(queries.copies_of(second)) == [second]


def test_copies_of_what_was_never_placed_are_itself(citizen: Any) -> None:
    row = said(citizen, ROAD)

    assert list(queries.copies_of(row)) == [row]
    assert queries.copies([row]) == {}
    assert list(queries.folded(KIND, "one")) == [row]


def test_command_places_what_was_left_over(citizen: Any, neighbour: Any) -> None:
    one, other = said(citizen, ROAD), said(neighbour, COPY)
    told = StringIO()

    call_command("fold_contributions", stdout=told)
    call_command("fold_contributions", stdout=told)

    assert told.getvalue() == "Placed: 2\nPlaced: 0\n"
    assert folds(one, other) == [0, 0]


def test_page_of_copies_shows_all_of_them(client: Any, citizen: Any, neighbour: Any) -> None:
    one, other = placed(citizen), placed(neighbour, COPY)

    page = client.get(reverse("grouping:copies", args=[other.number])).content.decode()

    assert one.number in page
    assert other.number in page


def test_page_of_one_and_the_queue_lead_to_copies(
    client: Any, citizen: Any, neighbour: Any, officer_client: Any
) -> None:
    one = placed(citizen)
    placed(neighbour, COPY)

    page = client.get(reverse("contributions:one", args=[one.number])).content.decode()
    queue = officer_client.get(reverse("contributions:queue")).content.decode()

    assert reverse("grouping:copies", args=[one.number]) in page
    assert reverse("grouping:proposals") in queue


def test_placing_asks_the_same_number_of_questions_in_a_campaign(
    citizen: Any, neighbour: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        placed(citizen)
    row = said(neighbour, COPY)

    with django_assert_max_num_queries(7):
        actions.place(row)


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("kk", "Көшірмелер қалай біріктіріледі"),
        ("ru", "Как объединяются копии"),
        ("en", "How copies are put together"),
    ],
)
def test_method_is_published_in_three_languages(client: Any, language: str, heading: str) -> None:
    page = client.get(f"/{language}/contributions/how-we-group/").content.decode()

    assert heading in page
    assert all(part.text[language].split("—")[0][:40] in page for part in method())


def test_only_officers_are_proposed_copies(client: Any, citizen_client: Any) -> None:
    address = reverse("grouping:proposals")

    assert (client.get(address).status_code, citizen_client.get(address).status_code) == (302, 403)
