"""An audit of another address, a test stand or a machine of an inner network, is not for citizens.

Every address that names an audit or a finding is asked, so that a new page is held to it too.
"""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from aiqyn.chain import Finding, Outcome, Place
from aiqyn_portal.evaluation import frozen
from aiqyn_portal.evidence.models import Audit, FindingRow, Snapshot
from aiqyn_portal.evidence.store import keep, keep_findings, overrule
from aiqyn_portal.notices.models import Message
from aiqyn_portal.reports.why import public_digests
from aiqyn_portal.sections.site_audit.actions.audits import keep_audit
from aiqyn_portal.sections.site_audit.actions.rechecks import recheck
from aiqyn_portal.sections.site_audit.models import Recheck
from tests import factories
from tests.portal.conftest import signed_in
from tests.portal.given import let_go
from tests.portal.named import ANSWER_PAGES, AUDIT_FILES, AUDIT_PAGES, BODY_PAGES, FINDING_PAGES
from tests.portal.pages import PAGES
from tests.portal.site_audit.audited import AS_OF, audited, page

INNER = "http://10.20.30.40/kk/"
SECRET = "Ішкі порталдың құпия беті"
PIXEL = b"\x89PNG\r\n\x1a\n" + b"\0" * 16
AT = datetime(2025, 11, 20, 6, 30, tzinfo=UTC)
OUTSIDERS = ("anonymous", "citizen", "officer of another body")
INSIDERS = ("officer", "evaluator", "administrator")
PRESSED = {"site_audit:recheck", "site_audit:carry"}


@pytest.fixture
def people(clients):
    other = factories.officer(factories.BodyFactory(code="kz-akm-abai"))
    return clients | {"officer of another body": signed_in(other)}


def seen(body, content, origin, address=INNER):
    return keep(
        content, body=body, origin=origin, address=address, taken_at=AT, media_type="text/html"
    )


@pytest.fixture
def inner(body):
    """An audit of a machine of the inner network, a page it has read, and what it has found."""
    page_of_it = seen(body, SECRET.encode(), Snapshot.Origin.ELSEWHERE)
    audit = audited(body, {"S001": Outcome.FAILED}, start=INNER, is_elsewhere=True)
    place = Place(where="img", saw=SECRET, address=INNER, evidence=page_of_it.sha256)
    found = Finding(
        rule="P004", outcome=Outcome.FAILED, evidence=page_of_it.sha256, places=(place,)
    )
    keep_findings([found], body=body, audit=audit, found_on=AS_OF)
    return FindingRow.objects.select_related("audit").get(rule="P004")


def addresses_of(row):
    """Every address that names the audit or the finding."""
    audit = {"pk": row.audit_id}
    named = dict.fromkeys((*AUDIT_PAGES, *AUDIT_FILES), audit)
    named |= {"site_audit:expert_part": {**audit, "part": "news"}}
    return named | {name: {"pk": row.pk} for name in (*FINDING_PAGES, *ANSWER_PAGES)}


def asked(client, name, arguments):
    with override("en"):
        ask = client.post if name in PRESSED else client.get
        answer = ask(reverse(name, kwargs=arguments))
        let_go(answer)
        return answer


def test_every_address_that_speaks_of_an_audit_is_asked_here(inner):
    of_audits = {name for name in PAGES if name.startswith(("site_audit:", "audit_"))}
    others = ("home", "rules", "rule", "schedules", "disputes", "ruling", "run", "cancel")

    assert of_audits - set(addresses_of(inner)) == {
        *BODY_PAGES,
        *(f"site_audit:{name}" for name in others),
    }


@pytest.mark.parametrize("role", OUTSIDERS)
def test_outsiders_are_not_told_that_it_is_there(people, inner, role):
    answers = {
        name: asked(people[role], name, arguments)
        for name, arguments in addresses_of(inner).items()
    }

    assert [name for name, answer in answers.items() if answer.status_code in {200, 405}] == []
    assert {answer.status_code for answer in answers.values()} <= {302, 403, 404}
    told = [
        name for name, answer in answers.items() if SECRET in answer.text or INNER in answer.text
    ]
    assert told == []
    open_to_all = {name for name in answers if PAGES[name].citizen == 200}
    assert {answers[name].status_code for name in open_to_all} == {404}


@pytest.mark.parametrize("role", INSIDERS)
def test_those_who_work_with_the_body_read_it(people, inner, role):
    allowed = {
        name: arguments
        for name, arguments in addresses_of(inner).items()
        if name not in PRESSED and getattr(PAGES[name], role) == 200
    }
    answers = {name: asked(people[role], name, arguments) for name, arguments in allowed.items()}

    told = {name: answer.status_code for name, answer in answers.items()}
    closed = dict.fromkeys(ANSWER_PAGES, 302)  # what counts nowhere is not answered
    assert told == {name: closed.get(name, 200) for name in allowed}
    assert "administrators and officers of the body see it" in answers["site_audit:audit"].text
    assert "administrators and officers of the body see it" in answers["site_audit:finding"].text


@pytest.mark.parametrize(
    ("role", "is_told"),
    [*((each, False) for each in OUTSIDERS), *((each, True) for each in INSIDERS)],
)
def test_page_of_the_body_lists_it_for_insiders_alone(people, inner, role, is_told):
    official = audited(inner.body, {"S001": Outcome.FAILED})
    shown = {
        name: asked(people[role], name, {"code": inner.body.code}).text
        for name in ("site_audit:body", "site_audit:compare", "reports:body", "api:body")
    }

    assert (INNER in shown["site_audit:body"]) is is_told
    assert ("Audits of other addresses" in shown["site_audit:body"]) is is_told
    assert f"/audits/{official.pk}/" in shown["site_audit:body"]
    assert [name for name, text in shown.items() if INNER in text] == (
        ["site_audit:body"] if is_told else []
    )


@pytest.mark.parametrize("role", OUTSIDERS)
@pytest.mark.parametrize(
    "path",
    [
        "/en/site-audit/",
        "/en/rules/P004/",
        "/site-audits.csv?lang=en",
        "/sitemap.xml",
        "/en/search/?q=10.20.30.40",
        "/en/search/?q=құпия",
        "/en/bodies/",
    ],
)
def test_no_page_of_all_bodies_speaks_of_it(people, inner, role, path):
    answer = people[role].get(path)

    assert answer.status_code == 200
    for word in (SECRET, INNER, f"/audits/{inner.audit_id}/", f"/findings/{inner.pk}/"):
        assert word not in answer.text


@pytest.mark.parametrize("role", [*OUTSIDERS, *INSIDERS])
def test_bytes_it_has_read_are_opened_by_insiders_alone(people, inner, role):
    picture = seen(inner.body, PIXEL, Snapshot.Origin.ELSEWHERE)
    digest = {"sha256": inner.evidence}
    answers = [
        asked(people[role], "evidence:snapshot", digest),
        asked(people[role], "evidence:raw", digest),
        asked(people[role], "evidence_picture", {"sha256": picture.sha256}),
    ]

    assert [answer.status_code for answer in answers] == [200 if role in INSIDERS else 404] * 3
    if role in INSIDERS:
        assert answers[1].content.decode() == SECRET
        assert answers[2]["Cache-Control"].startswith("private,")


def test_bytes_seen_on_the_open_site_too_are_open_but_not_where_else_they_were_seen(people, inner):
    seen(inner.body, SECRET.encode(), Snapshot.Origin.CRAWL, "https://a.example/")
    digest = {"sha256": inner.evidence}
    with override("en"):
        address = reverse("evidence:snapshot", kwargs=digest) + f"?finding={inner.pk}"

    outside, inside = (people[role].get(address).text for role in ("citizen", "officer"))

    assert INNER not in outside
    assert "Back to the finding" not in outside
    assert INNER in inside
    assert "Back to the finding" in inside


def test_rating_leads_nobody_to_bytes_that_are_closed(inner):
    found = Finding(rule="P004", outcome=Outcome.FAILED, evidence=inner.evidence)

    assert public_digests([found]) == set()


def test_finding_that_counts_instead_of_a_closed_one_leads_nowhere(people, inner):
    row = overrule(inner, Finding(rule="P004", outcome=Outcome.PASSED), found_on=AS_OF)

    answer = people["citizen"].get(f"/en/site-audit/findings/{row.pk}/", follow=True)

    assert answer.status_code == 404


def read_by_hand(body, start):
    """As an operator beside the machine does it."""
    quickly = ("--rate", "0", "--max-pages", "1")
    call_command("audit_site", body.code, "--start", start, "--allow-private", *quickly)


def test_nobody_is_told_of_it(owner, officer):
    read_by_hand(owner, owner.site + "zhanalyq/")

    assert Audit.objects.get().is_elsewhere
    assert Message.objects.count() == 0
    assert set(Snapshot.objects.values_list("origin", flat=True)) == {"elsewhere"}


def test_inner_address_of_a_body_without_a_site_is_closed(owner, people):
    served, owner.site = owner.site, ""
    owner.save()
    read_by_hand(owner, served)

    audit = Audit.objects.get()
    assert audit.is_elsewhere
    assert page("site_audit:audit", audit.pk, client=people["citizen"]).status_code == 404
    assert apps.get_app_config("site_audit").summary(owner) is None


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_pages_read_again_are_as_open_as_the_audit(
    body, officer, crawled, site, workplace, is_elsewhere
):
    manifest, report, kept = crawled
    audit = keep_audit(body, manifest, report, kept, is_elsewhere=is_elsewhere)
    origin = "elsewhere" if is_elsewhere else "crawl"
    assert set(Snapshot.objects.values_list("origin", flat=True)) == {origin}
    before = set(Snapshot.objects.values_list("pk", flat=True))
    place = Place(where="img", address=site)
    Audit.objects.filter(pk=audit.pk).update(start=site)
    keep_findings(
        [Finding(rule="P004", outcome=Outcome.FAILED, places=(place,))],
        body=body,
        audit=audit,
        found_on=AS_OF,
    )
    row = FindingRow.objects.filter(rule="P004").last()
    asked_for = Recheck.objects.create(finding=row, asked_by=officer, asked_at=AT)

    recheck(asked_for.pk)

    again = Snapshot.objects.exclude(pk__in=before)
    assert set(again.values_list("origin", flat=True)) == {origin}


@pytest.mark.parametrize(
    ("start", "named", "is_example", "is_closed"),
    [
        ("http://10.1.2.3/", "", False, True),
        ("http://[fd00::1]/", "https://a.example/", False, True),
        ("http://portal.local/", "", False, True),
        ("http://localhost:8000/", "", False, True),
        ("http://intranet/", "", False, True),
        ("http://intranet/", "http://intranet", False, False),
        ("http://127.0.0.1:8000/", "", True, False),
        ("https://former.example/", "", False, False),
        ("https://8.8.8.8/", "", False, False),
    ],
)
def test_audits_of_before_are_closed_by_the_migration(body, start, named, is_example, is_closed):
    body.site, body.is_example = named, is_example
    body.save()
    audit = audited(body, {"S001": Outcome.FAILED}, start=start)
    while_it_ran = seen(body, b"1", Snapshot.Origin.CRAWL, start)
    earlier = keep(
        b"2",
        body=body,
        origin=Snapshot.Origin.CRAWL,
        address=start,
        taken_at=AT - timedelta(days=1),
    )
    table = seen(body, b"3", Snapshot.Origin.TABLE)
    frozen.freeze()

    migration = "aiqyn_portal.evaluation.migrations.0003_audits_of_other_addresses_are_closed"
    import_module(migration).close(apps, SimpleNamespace(connection=connection))

    audit.refresh_from_db()
    assert audit.is_elsewhere is is_closed
    of_it = "elsewhere" if is_closed else "crawl"
    rows = Snapshot.objects.in_bulk([while_it_ran.pk, earlier.pk, table.pk])
    assert [rows[each.pk].origin for each in (while_it_ran, earlier, table)] == [
        of_it,
        of_it,  # whenever it was seen
        "table",
    ]
