from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from aiqyn.text import missing
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions, kinds, permissions, reasons, refusals, sealing
from aiqyn_portal.contributions import queries as reading
from aiqyn_portal.contributions.actions.telling import told
from aiqyn_portal.contributions.kinds import Kind
from aiqyn_portal.contributions.models import Appeal, Contribution, LedgerIsAppendOnly, Seal
from aiqyn_portal.contributions.searching import TOPIC, drafts
from aiqyn_portal.contributions.tasks import publish_roots, seal
from tests.portal.conftest import signed_in
from tests.portal.contributions.voices import CLOSED, KIND, about, decided, said


def drawn(source: str, user: Any, **given: Any) -> str:
    request = RequestFactory().get("/kk/x/?page=2")
    request.user = user
    template = Template("{% load contributions %}" + source)
    return template.render(Context({"request": request, "csrf_token": "t", **given}))


def test_a_form_on_a_page_of_a_section_comes_back_to_it(body: Body, citizen: User) -> None:
    form = drawn('{% comment_form "trial" "one" anchor="art_5" %}', citizen)

    assert f'action="{reverse("contributions:write", args=[KIND, "one"])}"' in form
    assert 'name="voice-anchor" value="art_5"' in form
    assert 'name="voice-next" value="/kk/x/?page=2"' in form
    assert 'id="id_art_5_voice-text"' in form or 'id="id_art_5_text"' in form


def test_a_form_of_what_is_closed_or_gone_is_none(body: Body, citizen: User) -> None:
    closed = drawn(f'{{% comment_form "trial" "{CLOSED}" %}}', citizen)
    gone = drawn('{% comment_form "trial" "nothing" %}', citizen)

    assert "Талқылау аяқталды." in closed
    assert ("<form" in closed, gone.strip()) == (False, "")


def test_a_contribution_in_a_list_shows_what_a_reader_can_do(
    body: Body, citizen: User, neighbour: User, evaluator: User
) -> None:
    row = said(citizen, "Мәтін")
    source = "{% contribution row vote=vote removal=removal %}{% fate row %}"

    other = drawn(source, neighbour, row=row, vote=1)
    own = drawn(source, citizen, row=row)
    assert ('value="back"' in other, "support" in own) == (True, False)
    actions.moderate(row, by=evaluator, rule="insult", words={"kk": "Болмайды"})
    [removal] = reading.reasons_of([row]).values()

    with override("kk"):
        hidden = drawn(source, neighbour, row=row, removal=removal)
    assert ("Мәтін" in hidden, removal["kk"] in hidden) == (False, True)


def test_reasons_rules_and_letters_are_in_three_languages() -> None:
    said_ = {
        **{code: each.title for code, each in reasons.reasons().items()},
        **{code: each.title for code, each in reasons.rules().items()},
        **{f"{code} text": each.text for code, each in reasons.rules().items()},
        **{f"{code} told": each for code, each in told().items()},
    }

    assert {code: missing(text) for code, text in said_.items() if missing(text)} == {}
    assert all(set(each.outcomes) <= set(kinds.OUTCOMES) for each in reasons.reasons().values())
    assert all(reasons.fitting(outcome, KIND) for outcome in kinds.OUTCOMES)


def test_moderators_answer_for_no_body(
    citizen: User, officer: User, evaluator: User, administrator: User
) -> None:
    allowed = [
        permissions.may_moderate(each) for each in (citizen, officer, evaluator, administrator)
    ]

    assert allowed == [False, False, True, True]


def test_a_kind_registered_by_hand_waits_for_an_officer(
    body: Body, citizen: User, officer: User
) -> None:
    heard: list[str] = []
    kinds.register(
        Kind(
            "by_hand",
            "Қолмен",
            section="trial",
            about=about,
            registers_at_once=False,
            then=lambda _row, what: heard.append(str(what)),
        )
    )
    row = said(citizen, kind="by_hand")
    assert row.state == "received"

    actions.register(row, by=officer)

    assert (row.state, heard) == ("registered", ["received", "registered"])
    with pytest.raises(refusals.AlreadyDecided):
        actions.register(row, by=officer)


def test_only_what_is_said_about_one_thing_is_grouped(
    body: Body, citizen: User, evaluator: User
) -> None:
    first, second = said(citizen), said(citizen, key="two")
    with pytest.raises(refusals.DifferentThings):
        actions.group([first, second])
    actions.moderate(second, by=evaluator, rule="insult", words="Болмайды")
    with pytest.raises(refusals.NotPublic):
        actions.group([second])


def test_everything_public_is_entered_when_search_is_rebuilt(
    body: Body, citizen: User, evaluator: User
) -> None:
    row = said(citizen, "Өте ұзақ бірінші сөйлем " * 20)
    hidden = said(citizen, "Екінші")
    actions.moderate(hidden, by=evaluator, rule="insult", words="Болмайды")

    [draft] = drafts()

    assert (draft.key, draft.status) == (row.number, "waiting")
    assert draft.title["kk"].endswith("…")
    assert len(draft.title["kk"]) <= 121
    assert TOPIC.named(hidden.number) is None
    named = TOPIC.named(row.number)
    assert named is not None
    assert named.arguments == {"number": row.number}


def test_participants_are_those_who_spoke_and_are_here(
    body: Body, citizen: User, neighbour: User
) -> None:
    for author in (citizen, citizen, neighbour):
        said(author)

    found = reading.participants(KIND, "one").order_by("pk")

    assert [each.user for each in found] == [citizen, neighbour]


def test_the_most_supported_come_first_where_asked(
    body: Body, citizen: User, neighbour: User
) -> None:
    first, second = said(citizen), said(citizen)
    actions.support(first, neighbour, 1)

    assert list(reading.about(KIND, "one")) == [second, first]
    assert list(reading.about(KIND, "one", order="supported")) == [first, second]


def test_workers_seal_and_publish(body: Body, citizen: User) -> None:
    said(citizen)
    seal()
    assert Seal.objects.count() == 2

    publish_roots(timezone.now())
    assert sealing.newest_position() == 2


def test_a_receipt_is_downloaded_by_anybody(body: Body, citizen: User) -> None:
    row = said(citizen, "Мәтін", display_name="Айгүл")
    address = reverse("contribution_receipt", args=[row.number])

    own, other = signed_in(citizen).get(address), Client().get(address)

    assert own.headers["Content-Disposition"] == f'attachment; filename="aiqyn-{row.number}.json"'
    assert ("Айгүл" in own.content.decode(), "Айгүл" in other.content.decode()) == (True, False)


def test_pages_of_rules_masking_and_withdrawing_do_what_they_say(
    body: Body, citizen: User, neighbour: User, evaluator: User
) -> None:
    row, own = said(citizen, "Көршім Асан ішеді"), said(citizen, "Қайтарамын")
    given = {"rule": "personal_data", "words": "Есім", "text": "Көршім … ішеді"}

    signed_in(evaluator).post(reverse("contributions:mask", args=[row.number]), given)
    signed_in(citizen).post(reverse("contributions:withdraw", args=[own.number]))
    refused = signed_in(neighbour).post(reverse("contributions:withdraw", args=[row.number]))

    assert refused.status_code == 403
    shown = list(Contribution.objects.order_by("pk").values_list("text", "shown"))
    assert shown == [("Көршім … ішеді", "public"), ("Қайтарамын", "withdrawn")]
    assert Client().get(reverse("contributions:rules")).status_code == 200


def test_an_appeal_is_read_before_it_is_decided(
    body: Body, citizen: User, evaluator: User, administrator: User
) -> None:
    row = said(citizen)
    actions.moderate(row, by=evaluator, rule="insult", words={"kk": "Болмайды"})
    held = actions.appeal(row, by=citizen, words="Мен дұрыс айттым")
    address = reverse("contributions:decide_appeal", args=[held.pk])

    shown = signed_in(administrator).get(address).content.decode()

    assert ("Мен дұрыс айттым" in shown, "Болмайды" in shown) == (True, True)
    assert Appeal.objects.filter(decided_at=None).count() == 1


def test_rows_say_what_they_are(body: Body, citizen: User, neighbour: User, officer: User) -> None:
    row = decided(said(citizen), officer)
    actions.support(row, neighbour, -1)
    complaint = actions.report(row, by=neighbour, rule="insult")
    sealing.seal_all()
    step = row.steps.get(number=3)

    said_ = [str(each) for each in (row, step, step.erasable, row.votes.get(), complaint)]
    assert said_ == [
        row.number,
        f"{row.pk}/3 decided",
        str(step.pk),
        f"{row.pk} -1",
        f"{row.pk} insult",
    ]
    assert (step.by, dict(step.words)) == (officer, {"kk": "Дұрыс айтылған."})
    with pytest.raises(LedgerIsAppendOnly):
        row.delete()
