"""Officers hear of audits and decisions, evaluators of disputes, followers where a rule turned."""

from datetime import UTC, datetime, timedelta

import pytest

from aiqyn.chain import Outcome
from aiqyn_portal.evidence.models import FindingRow
from aiqyn_portal.notices.models import Delivery, Message
from aiqyn_portal.sections.site_audit import actions, telling
from aiqyn_portal.sections.site_audit.actions.replies import Verdict, Words
from aiqyn_portal.sections.site_audit.models import Ruling, Run
from tests.portal.site_audit.audited import AS_OF, audited

AT = datetime(2025, 11, 21, 6, 0, tzinfo=UTC)


def heard(user):
    messages = Message.objects.filter(deliveries__reader__user=user).order_by("pk")
    return [(each.code, each.title["ru"], each.text["ru"]) for each in messages]


@pytest.fixture
def audit(body):
    return audited(body, {"S001": Outcome.FAILED, "S003": Outcome.FAILED})


def test_officers_hear_of_an_audit_in_figures(audit, officer, citizen):
    telling.audited(audit)
    telling.audited(audit)

    title = f"Аудит сайта завершён: {audit.body.name['ru']}"
    assert heard(officer) == [("site.audited", title, "Выполнено правил: 0\u00a0%.")]
    assert heard(citizen) == []


def test_followers_of_a_body_hear_of_an_audit_only_where_a_rule_has_turned(audit, officer):
    outcomes = {"S001": Outcome.FAILED, "S003": Outcome.FAILED}
    asked = Run(body=audit.body, asked_by=officer)
    telling.audited(audit, asked)
    telling.audited(audited(audit.body, outcomes, as_of=AS_OF + timedelta(days=1)), asked)
    turned = {**outcomes, "S003": Outcome.PASSED}
    telling.audited(audited(audit.body, turned, as_of=AS_OF + timedelta(days=2)), asked)

    told = Message.objects.order_by("pk")
    assert [each.topics for each in told] == [
        [f"body:{audit.body.code}"],
        [],
        [f"body:{audit.body.code}"],
    ]
    assert told[2].text["en"] == (
        "Rules passed: 50\u00a0%. Repaired since the audit before: 1, broken anew: 0."
    )


def test_evaluators_hear_of_a_dispute_and_officers_of_its_decision(audit, officer, evaluator):
    row = FindingRow.objects.get(audit=audit, rule="S001")
    reply = actions.dispute(row, Words(text="Барлығы бар."), by=officer, at=AT)
    verdict = Verdict(decision=Ruling.Decision.REJECTED, reason="Тексердім, жоқ.")
    actions.rule_on(reply, verdict, by=evaluator, at=AT)

    rule = "S001 У сайта есть версии на обязательных языках"
    body = audit.body.name["ru"]
    assert heard(evaluator) == [
        ("finding.disputed", f"Результат проверки оспорен: {rule}, {body}", "Барлығы бар.")
    ]
    assert heard(officer) == [
        (
            "dispute.ruled",
            f"Принято решение по несогласию: {rule}, {body}",
            "Результат остаётся в силе. Тексердім, жоқ.",
        )
    ]


def test_finding_of_a_rule_that_is_gone_is_told_by_its_code(body, officer, evaluator):
    old = audited(body, {"X999": Outcome.FAILED})
    row = FindingRow.objects.get(audit=old)

    actions.dispute(row, Words(text="Бұл талап жоқ."), by=officer, at=AT)

    assert heard(evaluator)[0][1].endswith(f"X999, {body.name['ru']}")
    assert Delivery.objects.count() == 1


def test_audit_where_nothing_can_be_told_has_no_share(body, officer):
    telling.audited(audited(body, {"S001": Outcome.CANNOT_TELL}))

    assert heard(officer)[0][2] == "Выполнено правил: –."


def test_officers_hear_of_a_decision_that_counts_for_a_later_finding_too(audit, officer, evaluator):
    row = FindingRow.objects.get(audit=audit, rule="S001")
    reply = actions.dispute(row, Words(text="Барлығы бар."), by=officer, at=AT)
    verdict = Verdict(decision=Ruling.Decision.UPHELD, reason="Иә, бар.")
    actions.rule_on(reply, verdict, by=evaluator, at=AT)
    later = audited(audit.body, {"S001": Outcome.FAILED}, as_of=AS_OF + timedelta(days=9))
    again = FindingRow.objects.get(audit=later, rule="S001")

    actions.carry_over(again, by=evaluator, at=AT + timedelta(days=10))

    told = Message.objects.filter(code="dispute.ruled").order_by("pk")
    assert [each.arguments for each in told] == [{"pk": row.pk}, {"pk": again.pk}]
    assert len(heard(officer)) == 2


def test_audit_of_another_site_is_not_told_as_repairs_of_the_old_one(audit):
    moved = audited(
        audit.body,
        {"S001": Outcome.PASSED, "S003": Outcome.PASSED},
        as_of=AS_OF + timedelta(days=1),
        start="https://b.example/",
    )

    telling.audited(moved)

    assert Message.objects.get().text["en"] == "Rules passed: 100\u00a0%."


def test_audit_nobody_asked_for_that_changed_nothing_is_not_told(audit, officer):
    telling.audited(audit)
    outcomes = {"S001": Outcome.FAILED, "S003": Outcome.FAILED}
    telling.audited(audited(audit.body, outcomes, as_of=AS_OF + timedelta(days=1)))

    assert Message.objects.count() == len(heard(officer)) == 1


def test_audit_judged_on_an_old_day_is_no_news(audit, officer):
    telling.audited(audit)
    telling.audited(audited(audit.body, {"S001": Outcome.PASSED}, as_of=AS_OF - timedelta(days=9)))

    assert Message.objects.count() == len(heard(officer)) == 1
