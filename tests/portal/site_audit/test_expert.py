"""The expert's form: drafts are private, what is published stays, agreement is measured."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from aiqyn.chain import Finding, Outcome
from aiqyn.text import LANGUAGES
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import FindingRow
from aiqyn_portal.sections.site_audit import actions, aspects, queries
from aiqyn_portal.sections.site_audit.actions.reviews import Opinion
from aiqyn_portal.sections.site_audit.models import Review, ReviewIsPublished
from aiqyn_portal.sections.site_audit.refusals import MarksAreMissing, ReviewPublished
from aiqyn_portal.trail.models import Event
from tests.portal.conftest import signed_in
from tests.portal.site_audit.audited import AS_OF, audited, page, press

AT = datetime(2025, 11, 21, 6, 0, tzinfo=UTC)
MARKS = {"languages": Opinion("bad", "Тек бір тілде."), "news": Opinion("good")}


def line(rule, outcome):
    return queries.Line(FindingRow(), Finding(rule=rule, outcome=outcome), None)


def test_form_asks_about_the_aspects_of_the_article_in_three_languages():
    asked = aspects.aspects()

    assert len(asked) == 24
    for aspect in asked.values():
        assert set(aspect.title) == set(aspect.ask) == set(LANGUAGES)


def test_every_rule_the_form_names_is_in_the_catalogue():
    assert aspects.unknown_rules() == set()


@pytest.mark.parametrize(
    ("outcomes", "mark"),
    [
        ([Outcome.PASSED, Outcome.PASSED], "good"),
        ([Outcome.FAILED], "bad"),
        ([Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT_TELL], "both"),
        ([Outcome.PARTLY], "both"),
        ([Outcome.CANNOT_TELL, Outcome.INAPPLICABLE], ""),
        ([], ""),
    ],
)
def test_machine_marks_an_aspect_by_its_rules(outcomes, mark):
    assert aspects.mark_of([line("P001", outcome) for outcome in outcomes]) == mark


def test_agreement_counts_only_what_both_have_judged():
    told = [line("S001", Outcome.FAILED), line("S005", Outcome.PASSED)]
    marks = {
        "languages": {"mark": "bad", "remark": ""},
        "news": {"mark": "both", "remark": ""},
        "forum": {"mark": "good", "remark": ""},
    }

    compared = aspects.beside(told, marks)
    found = aspects.agreed(compared)

    assert (found.n, found.agreed, found.opposed) == (2, 1, 0)
    assert found.kappa == Fraction(1, 2)  # seen 1.5 of 2, by chance 2 of 4
    assert aspects.judged_alone(compared) == {"person": 1, "machine": 0}
    assert {each.code for each in compared if each.agrees} == {"languages"}


def test_draft_is_seen_by_its_author_alone(paper, evaluator, administrator, evaluator_client):
    actions.save_review(paper, MARKS, by=evaluator, at=AT)

    part = ("site_audit:expert_part", paper.pk, "address")
    own = page(*part, client=evaluator_client).text
    other = page(*part, client=signed_in(administrator)).text
    public = page("site_audit:agreement", paper.pk, client=Client()).text

    assert "Тек бір тілде." in own
    assert "Тек бір тілде." not in other
    assert "Тек бір тілде." not in public


def test_every_aspect_stands_in_one_part_of_the_form():
    parted = [code for part in aspects.parts().values() for code in part.aspects]

    assert sorted(parted) == sorted(aspects.aspects())
    for part in aspects.parts().values():
        assert set(part.title) == set(LANGUAGES)


def test_what_is_saved_in_one_part_leaves_the_others_as_they_were(paper, evaluator):
    actions.save_review(paper, MARKS, by=evaluator, at=AT)
    actions.save_review(paper, {"forum": Opinion("both")}, by=evaluator, at=AT)
    actions.save_review(paper, {"news": Opinion("", " ")}, by=evaluator, at=AT)

    assert Review.objects.get().marks == {
        "languages": {"mark": "bad", "remark": "Тек бір тілде."},
        "forum": {"mark": "both", "remark": ""},
    }


def test_draft_may_be_changed_until_it_is_published(paper, evaluator):
    actions.save_review(paper, MARKS, by=evaluator, at=AT)
    kept = actions.save_review(paper, {"news": Opinion("bad")}, by=evaluator, at=AT, publish=True)

    assert Review.objects.get().marks["news"] == {"mark": "bad", "remark": ""}
    assert Event.objects.last().action == "review.published"
    with pytest.raises(ReviewPublished):
        actions.save_review(paper, MARKS, by=evaluator, at=AT)
    for change in (kept.save, kept.delete):
        with pytest.raises(ReviewIsPublished):
            change()


def test_empty_form_is_not_published(paper, evaluator):
    with pytest.raises(MarksAreMissing):
        actions.save_review(
            paper, {"news": Opinion("", "Ескертпе")}, by=evaluator, at=AT, publish=True
        )


def test_only_evaluators_and_administrators_fill_it_in(paper, officer, citizen):
    for other in (officer, citizen):
        with pytest.raises(PermissionDenied):
            actions.save_review(paper, MARKS, by=other, at=AT)


def test_form_is_filled_in_part_by_part_and_published(paper, evaluator_client):
    sent = {"languages_mark": "bad", "languages_remark": "Тек бір тілде."}

    part = ("site_audit:expert_part", paper.pk, "address")
    saved = press(evaluator_client, *part, **sent, to="news")
    whole = page("site_audit:expert", paper.pk, client=evaluator_client, language="en").text
    draft = Review.objects.get()
    published = press(evaluator_client, "site_audit:expert", paper.pk, publish="1")
    again = page("site_audit:expert", paper.pk, client=evaluator_client)
    closed_part = page(*part, client=evaluator_client)

    assert saved.headers["Location"] == f"/en/audits/{paper.pk}/expert/news/"
    assert draft.published_at is None
    assert "Marked 1 of 24" in whole
    assert "1 of 4" in whole
    assert published.headers["Location"] == f"/en/audits/{paper.pk}/agreement/"
    for closed in (again, closed_part):
        assert closed.headers["Location"] == f"/kk/audits/{paper.pk}/agreement/"


def test_part_is_kept_while_it_is_filled_in_and_leads_to_all_parts(paper, evaluator_client):
    address = ("site_audit:expert_part", paper.pk, "news")

    kept = press(evaluator_client, *address, news_mark="good")
    over = press(evaluator_client, *address, news_mark="good", to="")
    first = page("site_audit:expert_part", paper.pk, "address", client=evaluator_client).text
    last = page("site_audit:expert_part", paper.pk, "people", client=evaluator_client).text

    assert kept.headers["Location"] == f"/en/audits/{paper.pk}/expert/news/"
    assert over.headers["Location"] == f"/en/audits/{paper.pk}/expert/"
    assert 'value="news"' in first
    assert 'value="body"' in last
    assert "site_audit/keep" in first


def test_wrong_mark_is_told_and_nothing_is_saved(paper, evaluator_client):
    address = ("site_audit:expert_part", paper.pk, "news")

    answer = press(evaluator_client, *address, news_mark="excellent", news_remark="Жақсы.")

    assert "Жақсы." in answer.text
    assert "govuk-error-summary" in answer.text
    assert not Review.objects.exists()


def test_part_that_does_not_exist_is_not_found(paper, evaluator_client):
    answer = page("site_audit:expert_part", paper.pk, "none", client=evaluator_client)

    assert answer.status_code == 404


def test_empty_form_sent_for_publication_says_what_is_missing(paper, evaluator_client):
    answer = press(evaluator_client, "site_audit:expert", paper.pk, publish="1")

    assert "Mark at least one aspect" in answer.text
    assert not Review.objects.exists()


def test_machine_is_not_shown_while_the_form_is_filled_in(paper, evaluator_client):
    for part in aspects.parts():
        shown = page("site_audit:expert_part", paper.pk, part, client=evaluator_client).text

        assert "/site-audit/findings/" not in shown


def test_published_form_stands_beside_the_machine_without_a_name(paper, evaluator):
    actions.save_review(paper, MARKS, by=evaluator, at=AT, publish=True)

    shown = page("site_audit:agreement", paper.pk, language="en").text

    assert "Тек бір тілде." in shown
    assert "Judged by both: 2 aspects" in shown
    assert "Too few aspects" in shown
    assert evaluator.username not in shown


def test_form_that_is_published_is_not_offered_to_its_author_again(paper, evaluator):
    client = signed_in(evaluator)
    address = f"/kk/audits/{paper.pk}/expert/"
    offered = page("site_audit:agreement", paper.pk, client=client).text

    actions.save_review(paper, MARKS, by=evaluator, at=AT, publish=True)

    assert address in offered
    assert address not in page("site_audit:agreement", paper.pk, client=client).text


def test_marks_are_told_by_their_sign_and_in_words(paper):
    html = LexborHTMLParser(page("site_audit:agreement", paper.pk, language="en").text)

    cells = {" ".join(cell.text().split()) for cell in html.css("td[data-label=Machine]")}
    assert {"+ good", "− bad", "· no opinion"} <= cells


def test_agreement_of_ten_and_more_aspects_is_put_in_figures_and_words(paper, evaluator):
    told = dict.fromkeys(("S005", "S008", "S010", "S033", "S044", "S087"), Outcome.PASSED)
    told |= dict.fromkeys(("S004", "S031", "S041", "S081", "S068"), Outcome.FAILED)
    audit = audited(paper.body, told, as_of=AS_OF + timedelta(days=1))
    compared = aspects.beside(queries.lines_of(audit), {})
    marks = {each.code: Opinion(each.machine) for each in compared if each.machine}
    actions.save_review(audit, marks, by=evaluator, at=AT, publish=True)

    shown = page("site_audit:agreement", audit.pk, language="en").text

    assert "Judged by both: 11 aspects; alike: 11, opposite: 0, the rest" in shown
    assert "weighted kappa: 1.00" in shown
    assert "The machine and the person see almost the same." in shown


def test_rules_behind_a_mark_say_which_of_them_speak_against_the_site(paper):
    compared = {each.code: each for each in aspects.beside(queries.lines_of(paper), {})}
    html = page("site_audit:agreement", paper.pk, language="en").text

    said = [
        (mark, [line.finding.rule for line in lines]) for mark, lines in compared["news"].by_mark
    ]
    assert said == [("bad", ["S005"])]
    assert ">Expert</th>" not in html  # nobody has published a form yet


def sent_from(html):
    """What a browser sends of the form as it was drawn."""
    form = LexborHTMLParser(html).css_first("form[data-keep]")
    fields = form.css("input:not([type=radio]), input[checked]")
    drawn = {each.attributes["name"]: each.attributes.get("value") or "" for each in fields}
    return {name: said for name, said in drawn.items() if name != "csrfmiddlewaretoken"}


def test_two_windows_on_one_part_take_nothing_from_each_other(paper, evaluator_client):
    address = ("site_audit:expert_part", paper.pk, "news")
    phone = sent_from(page(*address, client=evaluator_client).text)
    desk = dict(phone)

    press(evaluator_client, *address, **phone | {"news_mark": "good", "news_remark": "Жаңа."})
    press(evaluator_client, *address, **desk | {"statistics_mark": "bad"})
    press(evaluator_client, *address, **desk | {"news_mark": "both"})

    assert Review.objects.get().marks == {
        "news": {"mark": "both", "remark": "Жаңа."},
        "statistics": {"mark": "bad", "remark": ""},
    }


def test_mark_can_be_taken_back(paper, evaluator, evaluator_client):
    actions.save_review(paper, MARKS, by=evaluator, at=AT)
    address = ("site_audit:expert_part", paper.pk, "address")
    drawn = sent_from(page(*address, client=evaluator_client).text)

    press(evaluator_client, *address, **drawn | {"languages_mark": "", "languages_remark": ""})

    assert Review.objects.get().marks == {"news": {"mark": "good", "remark": ""}}


@pytest.mark.parametrize("view", [("expert_part", "news"), ("expert",)])
def test_what_is_sent_after_the_form_was_published_is_said_to_be_lost(
    paper, evaluator, evaluator_client, view
):
    actions.save_review(paper, MARKS, by=evaluator, at=AT, publish=True)
    name, *part = view

    press(evaluator_client, f"site_audit:{name}", paper.pk, *part, news_mark="bad")
    shown = page("site_audit:agreement", paper.pk, client=evaluator_client, language="en").text

    assert "Your form is published and can no longer be changed." in shown
    assert Review.objects.get().marks["news"]["mark"] == "good"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("kk", "Сарапшының белгілері де үлгінің бір бөлігі"),
        ("ru", "Оценки эксперта – тоже часть примера"),
        ("en", "The expert’s marks are part of the example"),
    ],
)
def test_agreement_on_an_example_is_said_to_be_a_demonstration(paper, evaluator, language, told):
    def shown():
        return page("site_audit:agreement", paper.pk, language=language).text

    Body.objects.filter(pk=paper.body_id).update(is_example=True)
    alone = shown()
    actions.save_review(paper, MARKS, by=evaluator, at=AT, publish=True)
    example = shown()
    Body.objects.filter(pk=paper.body_id).update(is_example=False)

    assert [told in each for each in (alone, example, shown())] == [False, True, False]


def test_figure_of_a_form_with_too_few_marks_is_not_shown(paper, evaluator):
    actions.save_review(paper, MARKS, by=evaluator, at=AT, publish=True)

    shown = page("site_audit:agreement", paper.pk, language="en").text

    assert "Too few aspects were judged by both" in shown
    assert "kappa" not in shown


def test_expert_who_has_not_published_is_not_prompted_by_the_machine(
    paper, evaluator, evaluator_client
):
    def rules_named(client):
        shown = page("site_audit:agreement", paper.pk, client=client).text
        return "S005" in shown

    assert (rules_named(evaluator_client), rules_named(Client())) == (False, True)

    actions.save_review(paper, MARKS, by=evaluator, at=AT, publish=True)
    assert rules_named(evaluator_client)
