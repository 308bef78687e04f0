"""What the section measures of a body, and tells its evaluation."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.translation import override

from aiqyn.chain import Count
from aiqyn.scoring.engine import score
from aiqyn.scoring.methodology import methodology
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.drafts import actions, counts
from aiqyn_portal.sections.drafts.queries import figures
from tests.portal.drafts.projects import comment, decided, over, reported


def period():
    today = timezone.localdate()
    return {"since": today - timedelta(days=30), "until": today}


def measured(body):
    return {each.code: (each.good, each.of) for each in counts.measures(body, **period())}


def findings(body):
    found = apps.get_app_config("drafts").findings(body, **period())
    return {each.rule: (each.outcome.value, each.count) for each in found}


@pytest.fixture
def answered(opened_draft, citizen, evaluator, officer):
    """A reported draft: one comment accepted, two declined with the same words."""
    first, second, third = (comment(opened_draft, citizen, anchor) for anchor in ("1", "2", "4"))
    template = Phrase(
        kk="Ұсынысыңыз қаралды, келесі жұмыста ескеріледі, рақмет.",
        ru="Ваше предложение рассмотрено и будет учтено в работе, спасибо.",
    )
    decided(opened_draft, [first], officer)
    for row in (second, third):
        said = {"outcome": "declined", "reason": "no_grounds", "words": template}
        decided(opened_draft, [row], officer, **said)
    return reported(opened_draft, officer)


def test_everything_kept_is_measured(answered):
    assert measured(answered.body) == {
        "H106": (0, 1),  # the tests move the first day before the notice
        "H141": (1, 1),
        "H148": (1, 1),
        "H147": (1, 1),
        "H107": (0, 1),
        "H142": (1, 1),
        "H143": (0, 1),
        "H115": (1, 3),
        "H144": (3, 3),
        "H145": (1, 3),
        "H146": (1, 1),
    }


def test_findings_answer_the_rules_of_open_legal_acts(answered):
    kept = ("passed", Count(good=1, of=1))
    missed = ("failed", Count(good=0, of=1))

    assert findings(answered.body) == {
        **dict.fromkeys(("H141", "H142", "H146", "H147", "H148"), kept),
        **dict.fromkeys(("H106", "H107", "H143"), missed),
        "H115": ("passed", Count(good=1, of=3)),
        "H144": ("passed", Count(good=3, of=3)),
        "H145": ("failed", Count(good=1, of=3)),
    }


def test_findings_lead_to_the_drafts_that_fell_short(answered):
    found = {each.rule: each for each in counts.findings(answered.body, **period())}

    [place] = found["H145"].places
    assert (place.where, place.saw) == ("Иттерді серуендету қағидалары", "1 / 3")
    assert place.address.endswith(f"/draft/{answered.slug}/")
    assert found["H115"].places == ()  # one was accepted: nobody owes more


def test_people_are_counted_once_and_told_on_average(answered, citizen):
    [people] = [each for each in counts.measures(answered.body, **period()) if each.code == "H143"]

    assert (people.value, people.good, people.of) == (Decimal("1.0"), 0, 1)  # three comments of one


def test_findings_are_scored_by_the_methodology_of_participation(answered):
    found = counts.findings(answered.body, **period())
    rating = score(answered.body.code, found, methodology("aiqyn-participation-2026"))

    # 5 + 4 + 4/3 + 7 + 5/3 + 6 + 2 + 3 of what discussions are worth; the dialogue is left out
    assert (rating.points, rating.max_points) == (Decimal("30.00"), Decimal(50))


def test_every_measure_is_explained_in_all_languages(answered):
    for each in counts.measures(answered.body, **period()):
        assert set(each.title) == set(each.counted) == set(each.fix) == {"kk", "ru", "en"}


def test_findings_rest_on_kept_evidence_without_people(answered, citizen):
    found = counts.findings(answered.body, **period())

    kept = store().get(found[0].evidence)
    assert json.loads(kept)["discussions"][0]["comments"] == 3
    assert citizen.username.encode() not in kept
    assert citizen.email.encode() not in kept


def test_two_channels_invite_in_full_and_one_in_part(opened_draft, officer):
    today = timezone.localdate()

    def tell(channel, link):
        draft = over(opened_draft)
        at = timezone.now()
        actions.add_announcement(draft, channel, link, told_on=today, by=officer, at=at)

    tell("telegram", "https://t.me/a/1")
    assert findings(opened_draft.body)["H107"] == ("partly", Count(good=0, of=1))
    tell("media", "https://example.kz/1")
    assert findings(opened_draft.body)["H107"] == ("passed", Count(good=1, of=1))


def test_a_repeated_discussion_counts_as_told(answered, officer):
    today = timezone.localdate()
    why = Phrase(kk="Қайта", ru="Снова")
    opening = actions.Opening(opens_on=today, reason=why)
    actions.repeat_discussion(answered, opening, by=officer, at=timezone.now())
    again = answered.discussions.get(number=2)
    again.opens_on = again.due_on = again.closes_on = today
    again.save()

    assert findings(answered.body)["H119"] == ("passed", Count(good=1, of=1))


def test_a_body_without_discussions_is_told_nothing_of(body):
    assert (findings(body), measured(body)) == ({}, {})
    assert apps.get_app_config("drafts").summary(body) is None


def test_a_missing_report_is_late_once_its_day_has_passed(opened_draft):
    draft = over(opened_draft)
    draft.discussion.report_due_on = timezone.localdate() - timedelta(days=1)
    draft.discussion.save()

    assert measured(draft.body)["H146"] == (0, 1)
    assert figures.of_body(draft.body, timezone.localdate()).late_reports == 1


def test_the_summary_of_a_body_counts_its_comments(answered):
    with override("en"):
        told = apps.get_app_config("drafts").summary(answered.body)

    assert told.lines == [
        "Drafts: 1, in discussion now: 0.",
        "Comments: 3; accepted or partly accepted: 1 of 3.",
    ]


def test_the_summary_says_when_nothing_is_decided_yet(opened_draft, citizen):
    comment(opened_draft, citizen, "1")

    with override("en"):
        told = apps.get_app_config("drafts").summary(opened_draft.body)

    assert told.lines[1] == "Comments: 1; none is decided yet."


def test_what_fell_short_is_named_in_the_language_of_the_reader(opened_draft, client):
    over(opened_draft)
    address = f"/drafts/bodies/{opened_draft.body.code}/measures/"

    pages = {code: client.get(f"/{code}{address}").content.decode() for code in ("kk", "ru")}

    names = [
        f'href="/{code}/drafts/{opened_draft.slug}/">{opened_draft.title[code]}</a>'
        for code in ("kk", "ru")
    ]
    assert [[name in html for name in names] for html in pages.values()] == [
        [True, False],
        [False, True],
    ]
