"""What the section measures of a body, and tells its evaluation."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.translation import override

from aiqyn.chain import Count
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
        "notice": (0, 1),  # the tests move the first day before the notice
        "term": (1, 1),
        "languages": (1, 1),
        "discussed": (1, 1),
        "category": (1, 1),
        "invited": (0, 1),
        "report": (1, 1),
        "taken": (1, 3),
        "reasoned": (3, 3),
        "own_words": (1, 3),
    }


def test_findings_answer_the_rules_of_open_legal_acts(answered):
    assert findings(answered.body) == {
        "H106": ("failed", Count(good=0, of=1)),
        "H107": ("failed", None),
        "H115": ("passed", Count(good=1, of=3)),
    }


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
    assert findings(opened_draft.body)["H107"] == ("partly", None)
    tell("media", "https://example.kz/1")
    assert findings(opened_draft.body)["H107"] == ("passed", None)


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

    assert measured(draft.body)["report"] == (0, 1)
    assert figures.of_body(draft.body, timezone.localdate()).late_reports == 1


def test_the_summary_of_a_body_counts_its_comments(answered):
    with override("en"):
        told = apps.get_app_config("drafts").summary(answered.body)

    assert told.lines == [
        "Drafts: 1, in discussion now: 0.",
        "Comments: 3; accepted or partly accepted: 1 of 3.",
    ]
