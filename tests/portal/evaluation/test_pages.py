"""The workflow as people walk it: plain pages and forms, no script."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation.forms import suggested_deadline
from aiqyn_portal.evaluation.models import Answer, Entry, Objection, Rating, Round
from tests import factories
from tests.portal.conftest import signed_in
from tests.portal.deadlines.clocks import started
from tests.portal.evaluation.trial import CRITERIA
from tests.portal.kazakh import kk

WORK = "/kk/work/rounds/trial-2020/"
ENTRY = f"{WORK}bodies/kz-akm-shymkent/"
RESULT = "/kk/office/trial-2020/kz-akm-shymkent/"


def a_pdf() -> SimpleUploadedFile:
    """A PDF whose sender calls it something else."""
    return SimpleUploadedFile("хаттама.pdf", b"%PDF-1.7 ...", "text/html")


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    main = answer.content.decode().split('id="main-content"', 1)[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_round_is_opened_from_the_form(evaluator_client: Client, body: Body) -> None:
    answer = evaluator_client.post(
        "/kk/work/rounds/new/",
        {
            "methodology": "kz-openness-2020",
            "code": "trial-2020",
            "title_kk": "2020 жылғы бағалау",
            "title_ru": "Оценка за 2020 год",
            "title_en": "Evaluation of 2020",
            "since": "2020-01-01",
            "until": "2020-12-31",
            "bodies": [body.pk],
        },
    )

    assert (answer.status_code, answer["Location"]) == (302, WORK)
    assert text_of(evaluator_client, WORK).count(kk("not enough data")) == 1


def test_round_takes_all_bodies_of_a_kind_that_existed_then(
    evaluator_client: Client, body: Body
) -> None:
    city = {"kind": Body.Kind.AKIMAT_CITY}
    factories.BodyFactory(code="kz-later", valid_from=date(2022, 6, 8), **city)
    factories.BodyFactory(code="kz-invented", is_example=True, **city)
    single = factories.BodyFactory(code="kz-single", kind=Body.Kind.MINISTRY)
    given = {
        "methodology": "kz-openness-2020",
        "code": "trial-2020",
        **dict.fromkeys(("title_kk", "title_ru", "title_en"), "2020"),
        "since": "2020-01-01",
        "until": "2020-12-31",
        "kinds": ["akimat_city"],
    }

    answer = evaluator_client.post("/kk/work/rounds/new/", {**given, "bodies": [single.pk]})
    assert answer.status_code == 302
    codes = Entry.objects.values_list("body__code", flat=True).order_by("body__code")
    assert list(codes) == ["kz-akm-shymkent", "kz-single"]

    nobody = {**given, "code": "nobody", "kinds": []}
    answer = evaluator_client.post("/kk/work/rounds/new/", nobody)
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()


def test_body_beyond_the_numbers_of_the_database_is_an_error_of_the_form(
    evaluator_client: Client,
) -> None:
    answer = evaluator_client.post("/kk/work/rounds/new/", {"code": "r", "bodies": ["9" * 30]})

    assert answer.status_code == 200
    assert "9" * 30 in answer.content.decode()
    assert not Round.objects.exists()


def test_incomplete_form_says_what_is_missing(evaluator_client: Client, body: Body) -> None:
    answer = evaluator_client.post("/kk/work/rounds/new/", {"code": "бір"})

    page = answer.content.decode()
    assert "govuk-error-summary" in page
    assert (
        kk("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.") in page
    )
    assert Round.objects.count() == 0


def test_answer_leads_to_the_next_open_question(evaluator_client: Client, entry: Entry) -> None:
    answer = evaluator_client.post(
        f"{ENTRY}stated:open_data/",
        {
            "outcome": "passed",
            "value": "19.5",
            "reason": "Хаттама",
            "link": "https://example.kz/a",
            "file": a_pdf(),
        },
        follow=True,
    )

    assert answer.redirect_chain[-1][0] == f"{ENTRY}stated:open_budgets/"
    kept = Answer.objects.get()
    assert (str(kept.value), kept.file_name) == ("19.500000", "хаттама.pdf")


def test_answer_without_evidence_is_refused_in_words(
    evaluator_client: Client, entry: Entry
) -> None:
    answer = evaluator_client.post(
        f"{ENTRY}stated:open_data/", {"outcome": "passed", "value": "19.5", "reason": "Хаттама"}
    )

    assert kk("Give a link or a file as evidence.") in answer.content.decode()
    assert Answer.objects.count() == 0


def test_file_a_browser_could_run_is_refused_in_words(
    evaluator_client: Client, entry: Entry
) -> None:
    evil = SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>", "application/pdf")
    answer = evaluator_client.post(
        f"{ENTRY}stated:open_data/",
        {"outcome": "passed", "value": "1", "reason": "Хаттама", "file": evil},
    )

    assert (
        kk(
            "Files of this kind are not accepted. Accepted are PDF, PNG, JPEG, DOCX, XLSX, "
            "ODT, ODS and plain text."
        )
        in answer.content.decode()
    )
    assert Answer.objects.count() == 0


def test_kept_file_is_downloaded_and_never_run(evaluator_client: Client, entry: Entry) -> None:
    evaluator_client.post(
        f"{ENTRY}stated:open_data/",
        {"outcome": "passed", "value": "1", "reason": "Хаттама", "file": a_pdf()},
    )
    answer = evaluator_client.get(f"/kk/work/files/answers/{Answer.objects.get().pk}/")

    assert answer.content == b"%PDF-1.7 ..."
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_whole_way_from_sending_to_correcting(
    evaluator_client: Client, officer_client: Client, settled: Round, body: Body
) -> None:
    today = timezone.localdate()
    evaluator_client.post(f"{WORK}send/", {"objections_until": today.isoformat()})
    assert Round.objects.get().state == "preliminary"

    officer_client.post(
        f"{RESULT}object/",
        {"item": "open_data", "text": "120 жиынтық бар.", "file": a_pdf()},
    )
    objection = Objection.objects.get()
    assert "120 жиынтық бар." in text_of(officer_client, RESULT)
    assert kk("Waits for the evaluator’s answer.") in text_of(officer_client, RESULT)

    evaluator_client.post(
        f"/kk/work/objections/{objection.pk}/",
        {
            "decision": "accepted",
            "answer": "Қайта санадық.",
            "rule": "stated:open_data",
            "outcome": "passed",
            "value": "18",
            "reason": "Қарсылық бойынша",
            "link": "https://example.kz/b",
        },
    )
    assert "Қайта санадық." in text_of(officer_client, RESULT)

    Round.objects.update(objections_until=date(2020, 12, 31))
    assert "58 / 100" in text_of(evaluator_client, f"{WORK}publish/")
    evaluator_client.post(f"{WORK}publish/")
    rating = Rating.objects.get(stage="final", entry__body=body)
    assert rating.points == 58

    evaluator_client.post(
        f"/kk/work/ratings/{rating.pk}/correct/",
        {
            "rule": "stated:open_data",
            "outcome": "passed",
            "value": "17",
            "reason": "Хаттама",
            "link": "https://example.kz/c",
            "reason_kk": "Қате жазылған.",
            "reason_ru": "Ошибка.",
        },
    )
    assert "57 / 100" in text_of(officer_client, RESULT)
    assert "Қате жазылған." in text_of(evaluator_client, ENTRY)


def test_change_without_a_reason_is_asked_for(
    evaluator_client: Client, sent: Round, officer: User, body: Body
) -> None:
    entry = sent.entries.get(body=body)
    objection = Objection.objects.create(
        entry=entry, item="open_data", text="Қате.", filed_by=officer, filed_at=timezone.now()
    )
    answer = evaluator_client.post(
        f"/kk/work/objections/{objection.pk}/",
        {"decision": "accepted", "answer": "Иә.", "rule": "stated:open_data", "value": "18"},
    )

    assert answer.status_code == 200
    objection.refresh_from_db()
    assert objection.decision == ""


def test_sending_with_open_questions_asks_for_a_deliberate_tick(
    evaluator_client: Client, opened: Round
) -> None:
    day = {"objections_until": timezone.localdate().isoformat()}
    refused = evaluator_client.post(f"{WORK}send/", day)
    assert (
        kk("Some bodies have open questions, so their total would stay unknown:")
        in refused.content.decode()
    )

    evaluator_client.post(f"{WORK}send/", {**day, "despite_open_questions": "on"})
    assert Round.objects.get().state == "preliminary"


def test_officer_sees_only_own_bodies(officer_client: Client, sent: Round, astana: Body) -> None:
    assert "kz-akm-astana" not in text_of(officer_client, "/kk/office/")
    for address in (
        "/kk/office/trial-2020/kz-akm-astana/",
        "/kk/office/trial-2020/kz-akm-astana/object/",
    ):
        assert officer_client.get(address).status_code == 403
        assert officer_client.post(address, {"item": "open_data", "text": "x"}).status_code == 403
    assert Objection.objects.count() == 0


def test_officer_sees_nothing_before_the_result_is_sent(
    officer_client: Client, settled: Round
) -> None:
    assert officer_client.get(RESULT).status_code == 404
    assert kk("No result has been shown to your organisation yet.") in text_of(
        officer_client, "/kk/office/"
    )


def test_officer_sees_first_how_much_is_due_and_late(officer_client: Client, body: Body) -> None:
    assert kk("Nothing is due.") in text_of(officer_client, "/kk/office/")
    started(body)  # to be done by October 2025
    shown = text_of(officer_client, "/kk/office/")
    assert "Орындалуы тиіс 1 іс" in shown
    assert kk("late: %(number)s") % {"number": 1} in shown


def test_files_do_not_leak_between_bodies_or_before_the_time(
    evaluator_client: Client, officer_client: Client, entry: Entry, astana: Body
) -> None:
    evaluator_client.post(
        f"{ENTRY}stated:open_data/",
        {"outcome": "passed", "value": "1", "reason": "Хаттама", "file": a_pdf()},
    )
    address = f"/kk/work/files/answers/{Answer.objects.get().pk}/"
    stranger = signed_in(factories.officer(astana))

    assert officer_client.get(address).status_code == 403
    Round.objects.update(state="preliminary")
    assert officer_client.get(address).status_code == 200
    assert stranger.get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_answer_without_a_file_has_nothing_to_download(
    evaluator_client: Client, settled: Round
) -> None:
    address = f"/kk/work/files/answers/{Answer.objects.all()[0].pk}/"

    assert evaluator_client.get(address).status_code == 404


def test_unknown_question_is_not_found(evaluator_client: Client, entry: Entry) -> None:
    assert evaluator_client.get(f"{ENTRY}X999/").status_code == 404


def test_preliminary_result_is_hidden_from_everybody_else(
    citizen_client: Client, administrator_client: Client, sent: Round
) -> None:
    for client in (citizen_client, administrator_client):
        assert client.get(ENTRY).status_code == 403
        assert client.get(RESULT).status_code == 403
    assert Client().get(ENTRY)["Location"].startswith("/kk/accounts/login/?next=")


def test_next_question_says_when_none_is_left(evaluator_client: Client, settled: Round) -> None:
    answer = evaluator_client.get(f"{WORK}next/", follow=True)

    assert answer.redirect_chain[-1][0] == WORK
    assert kk("No open questions are left in this round.") in answer.content.decode()


def test_gathering_anew_needs_a_post_and_an_open_round(
    evaluator_client: Client, sent: Round
) -> None:
    assert evaluator_client.get(f"{WORK}gather/").status_code == 405
    answer = evaluator_client.post(f"{WORK}gather/", follow=True)
    assert kk("This round no longer gathers evidence and answers.") in answer.content.decode()


def test_form_without_the_token_is_refused(evaluator: User, settled: Round) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(evaluator, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(f"{WORK}send/", {"objections_until": "2030-01-01"})

    assert answer.status_code == 403
    assert Round.objects.get().state == "open"


@pytest.mark.parametrize(
    ("today", "deadline"),
    [
        (date(2026, 11, 20), date(2026, 11, 27)),  # Friday to Friday
        (date(2026, 11, 21), date(2026, 11, 27)),  # Saturday
        (date(2026, 11, 23), date(2026, 11, 30)),
    ],
)
def test_suggested_deadline_leaves_weekends_out(today: date, deadline: date) -> None:
    assert suggested_deadline(today) == deadline


@pytest.mark.parametrize(
    ("methodology", "rule", "first"),
    [("aiqyn-site-2025", "H001", "outcome"), ("kz-openness-2020", "stated:open_data", "value")],
)
def test_question_leads_to_the_site_and_asks_first_for_what_it_is_about(
    evaluator_client: Client, entry: Entry, methodology: str, rule: str, first: str
) -> None:
    Body.objects.filter(pk=entry.body.pk).update(site="https://akimat.example.kz/")
    Round.objects.filter(pk=entry.round.pk).update(methodology=methodology)

    page = evaluator_client.get(f"{ENTRY}{rule}/").content.decode()

    names = list(dict.fromkeys(re.findall(r'name="(outcome|value|good|reason)"', page)))
    assert (names[0], names.index("reason") < names.index("good")) == (first, True)
    assert 'href="https://akimat.example.kz/"' in page


def test_every_criterion_of_the_methodology_is_on_the_entry(
    evaluator_client: Client, settled: Round
) -> None:
    page = evaluator_client.get(ENTRY).content.decode()

    assert [f'id="criterion-{code}"' in page for code in CRITERIA] == [True] * 5
