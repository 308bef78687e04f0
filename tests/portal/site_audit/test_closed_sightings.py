"""What was seen before such evidence was closed: by the host it lies on, whenever it was seen."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from aiqyn.chain import Evidence
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest, to_lines
from aiqyn_portal.evaluation import frozen
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep, store
from tests import factories
from tests.portal.site_audit.audited import audited

SITE = "https://a.example/"
INNER = "http://10.1.2.3/"
STAND = "https://stand.example/"
MIGRATION = "aiqyn_portal.evaluation.migrations.0003_audits_of_other_addresses_are_closed"
RUN = datetime(2025, 11, 20, 6, 30, tzinfo=UTC)  # while the audit of a day ran
LATER = RUN + timedelta(hours=5)  # a recheck


@pytest.fixture(autouse=True)
def named(body):
    body.site = SITE
    body.save()
    return body


def close():
    frozen.freeze()
    import_module(MIGRATION).close(apps, SimpleNamespace(connection=connection))


def seen(body, address, taken_at=RUN, content=None):
    return keep(
        content or f"{address} {taken_at}".encode(),
        body=body,
        origin=Snapshot.Origin.CRAWL,
        address=address,
        taken_at=taken_at,
        media_type="text/html",
    )


def is_shut(row):
    return Snapshot.objects.get(pk=row.pk).origin == Snapshot.Origin.ELSEWHERE


def manifest_of(audit, **led):
    """Keep the manifest of a crawl in which one address of the site led to another."""
    at = {"agent": "aiqyn", "started_at": RUN, "finished_at": RUN, "limits": Limits()}
    evidence = (Evidence(taken_at=RUN, **led),)
    digest = store().put(to_lines(Manifest(start=audit.start, evidence=evidence, **at)))
    type(audit).objects.filter(pk=audit.pk).update(manifest_sha256=digest)


def test_page_read_again_after_the_audit_is_opened_by_nobody_else(body, citizen_client):
    audit = audited(body, {}, start=INNER)
    again = seen(body, f"{INNER}kk/", LATER, b"<p>inner secret, read again</p>")

    close()

    audit.refresh_from_db()
    answer = citizen_client.get(f"/en/evidence/{again.sha256}/", follow=True)
    assert (audit.is_elsewhere, answer.status_code) == (True, 404)
    assert "10.1.2.3" not in answer.text


@pytest.mark.parametrize("start", [INNER, STAND])
def test_host_of_a_closed_audit_is_shut_whenever_it_was_seen(body, start):
    audited(body, {}, start=start, is_elsewhere=True)
    rows = [seen(body, f"{start}{at.hour}", at) for at in (RUN - timedelta(days=9), RUN, LATER)]
    other = factories.BodyFactory(code="kz-akm-abai")
    of_another_body = seen(other, f"{STAND}kk/")

    close()

    assert [is_shut(row) for row in rows] == [True] * 3
    assert not is_shut(of_another_body)


@pytest.mark.parametrize(
    "site", [SITE, "http://www.a.example", "https://A.example:443/kk/", "https://әкімдік.example/"]
)
def test_official_site_stays_open_while_a_machine_was_read_beside_it(body, citizen_client, site):
    body.site = site
    body.save()
    audited(body, {}, start=INNER)
    host = "xn--d1albg3kc62g.example" if "ә" in site else "a.example"
    page = seen(body, f"https://{host}/kk/")

    close()

    assert not is_shut(page)
    assert citizen_client.get(f"/en/evidence/{page.sha256}/").status_code == 200


def test_other_hosts_are_shut_where_only_the_closed_audit_has_seen_them(body):
    audited(body, {}, start=SITE, finished_at=RUN + timedelta(hours=9), as_of="2025-11-10")
    audited(body, {}, start=INNER)
    led_to = seen(body, "https://led.example/kk/")  # the inner machine led there
    shared = [
        seen(body, f"https://sheets.example/{at.day}.css", at)
        for at in (RUN - timedelta(days=9), RUN)  # the official site has its style sheets there
    ]
    unrelated = seen(body, "https://files.example/a.pdf", LATER + timedelta(days=30))

    close()

    assert is_shut(led_to)
    assert not any(map(is_shut, [*shared, unrelated]))


def test_former_site_stays_open_but_for_what_the_closed_audit_of_it_has_read(body):
    audited(body, {}, start=STAND, as_of="2025-11-10")
    audited(body, {}, start=STAND, is_elsewhere=True)
    before, meanwhile = seen(body, STAND, RUN - timedelta(days=10)), seen(body, STAND)

    close()

    assert (is_shut(before), is_shut(meanwhile)) == (False, True)


@pytest.mark.parametrize("start", ["http://[x/", "http://10.1.2/", "http://portal.local./"])
def test_bad_address_is_taken_for_an_inner_one(body, start):
    audit = audited(body, {}, start=start)
    row = seen(body, start, LATER)

    close()

    audit.refresh_from_db()
    assert (audit.is_elsewhere, is_shut(row)) == (True, True)


def test_machine_the_official_site_leads_to_is_shut(body):
    audit = audited(body, {}, start=SITE)
    probe = f"{SITE}aiqyn-0"
    manifest_of(audit, url=probe, final_url=f"{INNER}aiqyn-0")
    rows = [seen(body, address, LATER) for address in (SITE, f"{INNER}sitemap.xml", probe)]

    close()

    audit.refresh_from_db()
    assert not audit.is_elsewhere
    assert [is_shut(row) for row in rows] == [False, True, True]


def test_damaged_manifest_shuts_what_can_be_told_without_it(body):
    audit = audited(body, {}, start=INNER)
    type(audit).objects.filter(pk=audit.pk).update(manifest_sha256=store().put(b"{}\n[1]\n{"))
    row = seen(body, INNER, LATER)

    close()

    assert is_shut(row)


@pytest.mark.parametrize(
    ("site", "is_example"), [("http://intranet/", False), ("", True), (SITE, True)]
)
def test_machine_that_is_the_site_of_the_body_stays_open(body, site, is_example):
    body.site, body.is_example = site, is_example
    body.save()
    start = "http://127.0.0.1:8000/" if is_example else "http://intranet/"
    audit = audited(body, {}, start=start)
    row = seen(body, f"{start}kk/", LATER)
    audited(body, {}, start=STAND, is_elsewhere=True)

    close()

    audit.refresh_from_db()
    assert (audit.is_elsewhere, is_shut(row)) == (False, False)


def test_many_rows_cost_no_more_queries_than_few(body, django_assert_max_num_queries):
    audited(body, {}, start=INNER)
    rows = [
        Snapshot(body=body, origin="crawl", address=f"{INNER}{number}", taken_at=LATER, sha256="0")
        for number in range(1200)
    ]
    Snapshot.objects.bulk_create(rows)
    frozen.freeze()

    with django_assert_max_num_queries(40):  # dropping the triggers is most of them
        import_module(MIGRATION).close(apps, SimpleNamespace(connection=connection))

    assert not Snapshot.objects.filter(origin="crawl").exists()
