"""Questions: asked once, answered for all who ask the same, marked by who asked."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import receipts, sealing
from aiqyn_portal.contributions import refusals as below
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.deadlines import actions as deadlines
from aiqyn_portal.deadlines import queries as clocks
from aiqyn_portal.sections.dialogue import actions, refusals
from aiqyn_portal.sections.dialogue.actions import File
from aiqyn_portal.sections.dialogue.models import Mark, Question
from tests.factories import BodyFactory, UserFactory
from tests.portal.dialogue.asking import TEXT, answered, asked


def clock(question: Question) -> Any:
    subject = question.contribution.subject
    return clocks.of([subject])[subject]


def test_question_is_registered_with_its_clock(head, asker):
    question = asked(head, asker)
    assert question.head == head
    assert question.contribution.state == Contribution.State.REGISTERED
    assert question.contribution.body == head.body
    assert [each.term for each in clock(question)] == ["question_answer"]
    assert question.first_due_on == clock(question)[0].due_on


def test_dates_of_a_question_follow_its_clock(head, asker, answering):
    question, other = asked(head, asker), BodyFactory(code="kz-akm-almaty")

    def dates() -> set[Any]:
        found = Question.objects.select_related("contribution").get(pk=question.pk)
        return {found.first_due_on, found.contribution.due_on, clock(question)[0].due_on}

    before = dates()
    deadlines.extend(clock(question)[0], days=5, reason="Көп", by=answering)
    extended = dates()
    deadlines.suspend(clock(question)[0], reason="Сот", by=answering)
    assert dates() == {None}
    deadlines.resume(clock(question)[0], by=answering)
    resumed = dates()
    actions.pass_on(question, to=other, by=answering, words={"kk": "Алматының мәселесі."})
    anew = dates()

    assert [len(each) for each in (before, extended, resumed, anew)] == [1, 1, 1, 1]
    assert min(extended) > min(before)


def test_form_posted_twice_is_one_question(head, asker):
    first = asked(head, asker, form_key="same")
    again = asked(head, asker, form_key="same")
    assert first == again
    assert Question.objects.count() == 1


def test_subject_is_the_first_sentence_as_published(head, asker):
    text = "Телефоным +7 701 222 33 44. Көше жарығы жоқ."
    question = asked(head, asker, text=text, consent_to_mask=True)
    assert "222 33 44" not in question.subject
    assert question.subject.startswith("Телефоным")


def test_subject_of_a_removed_question_is_its_number(head, asker):
    question = asked(head, asker)
    contributions.withdraw(question.contribution, by=asker)
    question.refresh_from_db()
    assert question.subject == f"№ {question.contribution.number}"


def test_long_subject_ends_with_a_whole_word(head, asker):
    question = asked(head, asker, text="жарық " * 40)
    assert question.subject == " ".join(["жарық"] * 25) + " …"


def test_head_who_takes_no_questions_is_not_asked(head, asker):
    head.takes_questions = False
    head.save()
    with pytest.raises(below.Closed):
        asked(head, asker)


def test_answer_decides_the_question_and_stops_its_clock(head, asker, answering):
    question = asked(head, asker)
    made = answered(question, answering)
    question.refresh_from_db()
    assert question.contribution.outcome == "accepted"
    assert question.contribution.reason == "answered"
    assert not clock(question)[0].is_open
    assert list(question.answers.all()) == [made]
    assert question.first_answered_at == question.answered_at == made.made_at


def test_one_answer_goes_to_all_who_asked_the_same(head, asker, answering):
    first, second = asked(head, asker), asked(head, UserFactory())
    other = asked(head, UserFactory(), text="Мектеп қашан салынады?")
    contributions.group([first.contribution, second.contribution], by=answering)
    first.refresh_from_db()
    made = answered(first, answering)
    assert set(made.questions.all()) == {first, second}
    other.contribution.refresh_from_db()
    assert not other.contribution.is_decided


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"text": "  "}, refusals.AnswerMissing),
        ({"files": [File("бұйрық.exe", b"MZ")]}, refusals.FileNotTaken),
        ({"files": [File("бұйрық.pdf", b"not a pdf")]}, refusals.FileNotTaken),
        ({"files": [File("a.txt", b"x")] * 6}, refusals.FileNotTaken),
        ({"files": [File("a.txt", b"x")] * 2}, refusals.FileNotTaken),
    ],
    ids=["no_words", "program", "lying_ending", "too_many", "twice"],
)
def test_unfit_answer_is_refused_and_nothing_is_kept(head, asker, answering, given, refusal):
    question = asked(head, asker)
    with pytest.raises(refusal):
        answered(question, answering, **given)
    question.contribution.refresh_from_db()
    assert not question.contribution.is_decided
    assert not question.answers.exists()


def test_answer_names_who_is_responsible(head, asker, answering):
    question = asked(head, asker)
    with pytest.raises(refusals.ResponsibleMissing):
        actions.answer(
            [question], actions.Reply(text={"kk": "Иә."}, responsible={"kk": " "}), by=answering
        )


def test_files_are_kept_with_the_answer(head, asker, answering):
    made = answered(asked(head, asker), answering, files=[File("../жоспар 1.txt", b"text")])
    assert [(file.name, file.media_type) for file in made.files.all()] == [
        ("жоспар-1.txt", "text/plain")
    ]


def test_officer_of_another_body_does_not_answer(head, asker, officer_of_another):
    question = asked(head, asker)
    with pytest.raises(PermissionDenied):
        answered(question, officer_of_another)


def test_question_passed_on_waits_for_the_other_body(head, asker, answering):
    question, other = asked(head, asker), BodyFactory(code="kz-akm-almaty")
    words = {"kk": "Бұл Алматының мәселесі."}
    actions.pass_on(question, to=other, by=answering, words=words)
    question.contribution.refresh_from_db()
    assert question.contribution.body == other
    assert not question.contribution.is_decided
    with pytest.raises(PermissionDenied):
        answered(Question.objects.get(), answering)


def test_asker_marks_an_answer_once(head, asker, answering):
    question = asked(head, asker)
    answered(question, answering)
    actions.mark(question, by=asker, said="answered", satisfaction=5)
    question.refresh_from_db()
    assert (question.said, question.satisfaction) == ("answered", 5)
    with pytest.raises(refusals.MarkedAlready):
        actions.mark(question, by=asker, said="not", satisfaction=1, reason="Жоқ")
    rated = question.contribution.steps.get(what="rated")
    assert (rated.role, rated.details) == ("author", {"said": "answered", "satisfaction": 5})


def test_reason_of_a_mark_is_sealed_and_opened_to_its_author_alone(head, asker, answering):
    question = asked(head, asker)
    answered(question, answering)
    actions.mark(question, by=asker, said="partly", satisfaction=3, reason="Күні айтылмаған.")
    sealing.seal_all()

    own, public = (
        receipts.receipt(question.contribution, is_own=is_own).steps[-1] for is_own in (True, False)
    )
    assert own.record["what"] == "rated"
    assert list(own.opened["words"].value.values()) == ["Күні айтылмаған."]
    assert "words" not in public.opened
    assert receipts.first_broken() == ""


def test_not_answered_opens_the_question_once(head, asker, answering):
    question = asked(head, asker)
    answered(question, answering)
    actions.mark(question, by=asker, said="not", satisfaction=1, reason="Күні айтылмаған.")
    question.refresh_from_db()
    assert question.was_reopened
    assert not question.contribution.is_decided
    assert {each.term for each in clock(question) if each.is_open} == {"question_again"}

    answered(question, answering)
    first_answered_at = question.first_answered_at
    question.refresh_from_db()
    assert (question.said, question.first_answered_at) == ("", first_answered_at)
    actions.mark(question, by=asker, said="not", satisfaction=1, reason="Тағы да жоқ.")
    question.contribution.refresh_from_db()
    assert question.contribution.is_decided
    assert Mark.objects.count() == 2


def test_marks_of_others_and_without_an_answer_are_refused(head, asker, answering, stranger):
    question = asked(head, asker)
    with pytest.raises(refusals.NotYetAnswered):
        actions.mark(question, by=asker, said="answered", satisfaction=5)
    answered(question, answering)
    with pytest.raises(PermissionDenied):
        actions.mark(question, by=stranger, said="answered", satisfaction=5)
    with pytest.raises(refusals.ReasonMissing):
        actions.mark(question, by=asker, said="not", satisfaction=1, reason=" ")
    for said, satisfaction in [("answered", 0), ("answered", 6), ("", 3), ("perhaps", 3)]:
        with pytest.raises(ValueError, match=r"\("):
            actions.mark(question, by=asker, said=said, satisfaction=satisfaction)
    assert not Mark.objects.exists()


def test_what_was_asked_is_kept_as_written(head, asker):
    assert asked(head, asker).contribution.text == TEXT
