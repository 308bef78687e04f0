"""What an open audit quotes of an inner machine its site leads to is for insiders alone.

Every address that names the audit or the finding is asked, in every role: pages, files, API.
"""

import io
import json
from datetime import UTC, datetime

import openpyxl
import pypdfium2
import pytest
from django.urls import reverse
from django.utils.translation import override

from aiqyn.chain import Finding, Outcome, Place
from aiqyn_portal.evaluation.models import Entry
from aiqyn_portal.evidence.closing import ASKED_AT_ONCE, CLOSED, shut_digests
from aiqyn_portal.evidence.models import FindingRow, Snapshot
from aiqyn_portal.evidence.store import keep, keep_findings
from aiqyn_portal.sections.site_audit import queries
from aiqyn_portal.sections.site_audit.actions import dispute
from tests import factories
from tests.portal.conftest import signed_in
from tests.portal.named import AUDIT_PAGES, AUDIT_REPORTS
from tests.portal.reports.conftest import make_rating, make_round
from tests.portal.site_audit.audited import AS_OF, audited

SITE = "https://a.example/"
INNER = "http://10.20.30.40/kk/"
SECRET, SPOT, SEEN = "Ішкі порталдың құпия беті", "#кадр-бұйрығы", "Ашық бетте жазылғаны"
AT = datetime(2025, 11, 20, 6, 30, tzinfo=UTC)
OUTSIDERS = ("anonymous", "citizen", "officer of another body")
INSIDERS = ("officer", "evaluator", "administrator")
CLOSED_IN_ENGLISH = "its content is not open to everybody"


@pytest.fixture
def people(clients):
    other = factories.officer(factories.BodyFactory(code="kz-akm-abai"))
    return clients | {"officer of another body": signed_in(other)}


def seen(body, address, origin):
    kept = keep(address.encode(), body=body, origin=origin, address=address, taken_at=AT)
    return kept.sha256


@pytest.fixture
def found(body):
    """An audit of the official site; one place of its finding lies on an inner machine."""
    body.site = SITE
    body.save()
    audited(body, {"P004": Outcome.FAILED}, start=SITE, as_of="2025-10-20")
    audit = audited(body, {"S001": Outcome.FAILED}, start=SITE)
    inner = seen(body, INNER, Snapshot.Origin.ELSEWHERE)
    places = (
        Place(where="img", saw=SEEN, address=SITE, evidence=seen(body, SITE, "crawl")),
        Place(where=SPOT, saw=SECRET, address=INNER, evidence=inner, note="missing"),
        Place(where="body", saw=SECRET, address="https://a.example/ishki", evidence=inner),
        Place(where="HTTP", saw=SECRET, address=f"{INNER}2"),
    )
    finding = Finding(rule="P004", outcome=Outcome.FAILED, places=places)
    keep_findings([finding], body=body, audit=audit, found_on=AS_OF)
    return FindingRow.objects.select_related("audit", "body").get(rule="P004", audit=audit)


def text_of(answer):
    if answer["Content-Type"].startswith("application/vnd"):
        sheets = openpyxl.load_workbook(io.BytesIO(answer.content))
        return "\n".join(str(row) for sheet in sheets for row in sheet.values)
    if answer["Content-Type"] == "application/pdf":
        pages = [page.get_textpage() for page in pypdfium2.PdfDocument(answer.content)]
        return "\n".join(page.get_text_bounded() for page in pages)
    if answer["Content-Type"].startswith("application/json"):
        return json.dumps(answer.json(), ensure_ascii=False)
    return answer.text


def shown(client, found):
    """Every answer that speaks of the audit, its finding or its body; by name."""
    audit, body = {"pk": found.audit_id}, {"code": found.body.code}
    named = dict.fromkeys((*AUDIT_PAGES, *AUDIT_REPORTS), audit)
    named |= {"site_audit:finding": {"pk": found.pk}}
    named |= dict.fromkeys(("site_audit:body", "site_audit:compare", "reports:body"), body)
    answers = {}
    for name, arguments in named.items():
        with override("en"):
            address = reverse(name, kwargs=arguments)
        more = "?lang=en" if name in AUDIT_REPORTS[1:] else ""
        answer = client.get(f"{address}{more}")
        if answer.status_code == 200:
            answers[name] = text_of(answer)
    return answers


@pytest.mark.parametrize("role", OUTSIDERS)
def test_outsiders_read_where_it_stands_but_not_what_it_says(people, found, role):
    answers = shown(people[role], found)

    assert [name for name, text in answers.items() if SECRET in text or SPOT in text] == []
    tells = {name for name, text in answers.items() if SEEN in text}
    pages = {f"site_audit:{name}" for name in ("audit", "finding", "compare", "pages")}
    assert tells == pages | set(AUDIT_REPORTS)
    assert {name for name in tells if INNER in answers[name]} == tells
    in_words = tells - {"audit_json"}
    assert {name for name in in_words if CLOSED_IN_ENGLISH in answers[name]} == in_words
    assert f'"where":"{CLOSED}"' in answers["audit_json"].replace(" ", "")


@pytest.mark.parametrize("role", INSIDERS)
def test_insiders_read_it_all(people, found, role):
    answers = shown(people[role], found)

    for name in ("site_audit:audit", "site_audit:finding", "site_audit:pages", *AUDIT_REPORTS):
        assert SECRET in answers[name], name
        assert SPOT in answers[name], name
        assert CLOSED_IN_ENGLISH not in answers[name]


def test_evaluator_rules_on_all_of_it(people, found, officer):
    said = type("Said", (), {"text": "Бұл ішкі бет", "link": "", "fix_by": None})()
    reply = dispute(found, said, by=officer, at=AT)

    with override("en"):
        answer = people["evaluator"].get(reverse("site_audit:ruling", args=[reply.pk]))

    assert SECRET in answer.text


def test_evaluations_are_given_what_everybody_may_read(found):
    (gathered,) = (each for each in queries.findings_of(found.audit) if each.rule == "P004")

    assert [place.saw for place in gathered.places] == [SEEN, "", "", ""]
    assert [place.where for place in gathered.places] == ["img", CLOSED, CLOSED, CLOSED]
    assert [place.address for place in gathered.places][1:] == [
        INNER,
        "https://a.example/ishki",
        f"{INNER}2",
    ]
    assert {place.evidence for place in gathered.places[1:]} == {""}


@pytest.mark.parametrize(
    "path",
    [
        "/en/ratings/aiqyn-site-2025/{code}/",
        "/ratings/aiqyn-site-2025/{code}/findings.json",
        "/api/v1/ratings/aiqyn-site-2025/{code}/findings",
    ],
)
def test_rating_of_before_quotes_it_nowhere(people, found, path):
    entry = Entry.objects.create(round=make_round("aiqyn-site-2025", 2026), body=found.body)
    kept = found.finding["places"]
    places = tuple(Place(**each) for each in kept)
    make_rating(entry, [Finding(rule="P004", outcome=Outcome.FAILED, places=places)])

    answer = people["citizen"].get(path.format(code=found.body.code))

    assert answer.status_code == 200
    told = text_of(answer)
    assert SEEN in told
    assert [word for word in (SECRET, SPOT) if word in told] == []


def test_bytes_seen_in_the_open_as_well_are_quoted(body):
    twice = seen(body, INNER, Snapshot.Origin.ELSEWHERE)
    seen(body, INNER, Snapshot.Origin.CRAWL)

    assert shut_digests([Place(where="img", evidence=twice)]) == frozenset()


def test_many_places_are_asked_about_in_few_queries(body, django_assert_num_queries):
    inner = seen(body, INNER, Snapshot.Origin.ELSEWHERE)
    places = [
        Place(where="img", evidence=f"{number:064}") for number in range(2 * ASKED_AT_ONCE - 1)
    ]

    with django_assert_num_queries(3):
        assert shut_digests([*places, Place(where="img", picture=inner)]) == {inner}


def test_machine_that_is_the_site_itself_is_quoted(body):
    audit = audited(body, {}, start=INNER)
    place = Place(where="img", saw=SEEN, address=f"{INNER}about/")
    keep_findings(
        [Finding(rule="P004", outcome=Outcome.FAILED, places=(place,))],
        body=body,
        audit=audit,
        found_on=AS_OF,
    )

    assert queries.findings_of(audit)[0].places == (place,)
