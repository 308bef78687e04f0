"""The table of all bodies, however many: kept tallies, page by page, invented bodies apart."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from aiqyn.chain import Finding, Outcome
from aiqyn_portal.evidence.models import FindingRow, Tally
from aiqyn_portal.evidence.store import overrule
from aiqyn_portal.sections.site_audit import actions, families, queries
from aiqyn_portal.sections.site_audit.actions.replies import Verdict, Words
from aiqyn_portal.sections.site_audit.history import step_of
from aiqyn_portal.sections.site_audit.models import Ruling
from aiqyn_portal.sections.site_audit.views import audits as views
from tests import factories
from tests.portal.evaluation.trial import AT
from tests.portal.site_audit.audited import AS_OF, audited
from tests.portal.site_audit.test_pages_of_audits import texts

NAMES = "tbody th > a:first-child"


def shown(language="en", **asked):
    with override(language):
        return Client().get(reverse("site_audit:home"), asked).text


def named(code, name, **more):
    return factories.BodyFactory(code=code, name={"kk": name, "ru": name, "en": name}, **more)


@pytest.fixture
def two(db):
    return [named("kz-abai", "Абай облысы"), named("kz-zhetisu", "Жетісу облысы")]


def test_table_reads_one_row_of_each_body_and_none_of_their_findings(
    two, django_assert_num_queries
):
    for body in two:
        audited(body, {"S001": Outcome.FAILED}, as_of=AS_OF.replace(year=2024))
        audited(body, {"S001": Outcome.PASSED, "P004": Outcome.FAILED})

    with django_assert_num_queries(1) as asked:
        found = families.table()

    assert "evidence_findingrow" not in asked[0]["sql"]
    assert [row.share("all") for row in found.rows] == [50, 50]


def test_ruling_changes_table_and_rules_at_once(two, evaluator):
    audit = audited(two[0], {"S001": Outcome.FAILED, "P004": Outcome.FAILED})
    officer = factories.officer(two[0])
    row = FindingRow.objects.get(audit=audit, rule="S001")
    reply = actions.dispute(row, Words(text="Барлығы бар."), by=officer, at=AT)
    verdict = Verdict(decision=Ruling.Decision.UPHELD, reason="Иә, бар.")

    before = families.table().rows[0].share("all")
    actions.rule_on(reply, verdict, by=evaluator, at=AT)
    after = families.table()

    assert (before, after.rows[0].share("all")) == (0, 50)
    broken = after.most_broken
    assert [each.rule.text.code for each in broken] == ["P004"]


def test_rulings_of_two_rules_are_both_counted(two):
    audit = audited(two[0], {"S001": Outcome.FAILED, "P004": Outcome.FAILED})
    for row in FindingRow.objects.filter(audit=audit):
        ruled = Finding(rule=row.rule, outcome=Outcome.PASSED)
        overrule(row, ruled, found_on=AS_OF)

    assert Tally.objects.get().ended == {"passed": ["P004", "S001"]}
    assert str(Tally.objects.get()) == f"{audit.pk} 2"


def test_audits_kept_before_there_were_tallies_are_counted_by_the_migration(two):
    audit = audited(two[0], {"S001": Outcome.FAILED, "P004": Outcome.FAILED})
    row = FindingRow.objects.get(audit=audit, rule="S001")
    overrule(row, Finding(rule="S001", outcome=Outcome.PASSED), found_on=AS_OF)
    kept = Tally.objects.get().ended
    Tally.objects.all().delete()
    assert queries.newest_ended()[0].rules == {}

    migration = "aiqyn_portal.evidence.migrations.0004_tallies_of_audits_before"
    import_module(migration).count(apps, None)

    assert Tally.objects.get().ended == kept == {"passed": ["S001"], "failed": ["P004"]}


def test_many_bodies_stand_on_pages_and_are_found_by_name(two, monkeypatch):
    for body in two:
        audited(body, {"S001": Outcome.PASSED})
    assert texts(shown(), "main form[role=search]") == []
    monkeypatch.setattr(views, "BODIES_PER_PAGE", 1)

    assert texts(shown(), NAMES) == ["Абай облысы"]
    assert texts(shown(page="2"), NAMES) == ["Жетісу облысы"]
    assert texts(shown(sort="-body"), NAMES) == ["Жетісу облысы"]
    assert texts(shown(q="ЖЕТІСУ обл"), NAMES) == ["Жетісу облысы"]
    assert texts(shown(q="kz-abai"), NAMES) == ["Абай облысы"]
    nobody = shown(q="нет такого", sort="-all")
    assert "No audited body has this name." in nobody
    assert 'name="sort" value="-all"' in nobody


def test_sorting_begins_again_with_the_first_page(two, monkeypatch):
    monkeypatch.setattr(views, "BODIES_PER_PAGE", 1)
    for body in two:
        audited(body, {"S001": Outcome.PASSED})

    assert 'href="?sort=all"' in shown(page="2")


def test_invented_bodies_are_not_counted_beside_real_ones(two):
    invented = named("kz-example", "Үлгі ауданы", is_example=True)
    audited(invented, {"S001": Outcome.FAILED, "P004": Outcome.FAILED})
    alone = shown()
    audited(two[0], {"S001": Outcome.FAILED, "P004": Outcome.PASSED})
    beside = shown()

    assert texts(alone, "#most-broken ~ ol .app-note") == ["by 1 of 1 bodies"] * 2
    assert "These bodies are invented" in alone
    assert [each.split()[0] for each in texts(beside, "#most-broken ~ ol li")] == ["S001"]
    assert texts(beside, "#most-broken ~ ol .app-note") == ["by 1 of 1 bodies"]
    assert "Invented bodies are not counted here." in beside
    assert len(texts(beside, NAMES)) == 2


def test_page_of_a_finding_reads_the_others_only_where_points_can_be_gained(two):
    outcomes = {"S001": Outcome.PASSED, "S005": Outcome.CANNOT_TELL, "P004": Outcome.FAILED}
    audit = audited(two[0], outcomes)
    rows = {row.rule: row.pk for row in audit.findings.all()}
    ruled = FindingRow.objects.get(pk=rows["P004"])

    def reads_all(pk):
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(f"/en/site-audit/findings/{pk}/").status_code == 200
        return any('"audit_id" = ' in each["sql"] and "LIMIT" not in each["sql"] for each in asked)

    assert {rule: reads_all(pk) for rule, pk in rows.items()} == {
        "S001": False,
        "S005": False,
        "P004": True,
    }
    overrule(ruled, Finding(rule="P004", outcome=Outcome.PASSED), found_on=AS_OF)
    assert not reads_all(ruled.pk)


def test_comparison_with_an_expert_says_that_the_body_is_invented(two):
    real = audited(two[0], {"S001": Outcome.PASSED})
    invented = audited(named("kz-example", "Үлгі", is_example=True), {"S001": Outcome.PASSED})

    said = [
        "this body is invented" in Client().get(f"/en/audits/{each.pk}/agreement/").text
        for each in (real, invented)
    ]
    assert said == [False, True]


def test_audit_judged_on_an_old_day_does_not_become_the_newest(body):
    today = audited(body, {"S001": Outcome.PASSED, "S003": Outcome.PASSED})
    old = audited(
        body,
        {"S001": Outcome.FAILED, "S003": Outcome.PASSED},
        as_of=AS_OF - timedelta(days=9),
        finished_at=f"{AS_OF + timedelta(days=1)}T07:00:00Z",
    )

    assert list(queries.newest_audits()) == [today]
    assert [each.pk for each in queries.newest_ended()] == [today.pk]
    assert queries.audits_of(body) == [today, old]
    assert (queries.is_newest(today), queries.is_newest(old)) == (True, False)
    assert queries.breaking_now("S001") == []
    assert apps.get_app_config("site_audit").summary(body).href.endswith(f"/audits/{today.pk}/")
    assert (step_of(today).before, step_of(old).before) == (old, None)


def test_table_is_counted_again_only_where_something_has_changed(two, monkeypatch):
    counted = []
    count = families._shares
    monkeypatch.setattr(families, "_shares", lambda *given: counted.append(1) or count(*given))
    audited(two[0], {"S001": Outcome.PASSED})
    families.table()
    told = len(counted)

    assert texts(shown(), NAMES) == ["Абай облысы"]
    assert len(counted) == told
    two[0].name = {"kk": "Семей облысы", "ru": "Семей облысы", "en": "Семей облысы"}
    two[0].save()
    assert texts(shown(), NAMES) == ["Семей облысы"]
    audited(two[0], {"S001": Outcome.FAILED}, as_of=AS_OF + timedelta(days=1))
    assert families.table().rows[0].share("all") == 0
    assert len(counted) == told + 2
