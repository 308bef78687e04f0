"""What a published rating rests on cannot be changed, even by who writes SQL."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation import actions, frozen
from aiqyn_portal.evaluation.models import Objection, Round
from aiqyn_portal.evidence.models import Audit, FindingRow, Snapshot
from tests.portal.evaluation.trial import AFTER, AT


@pytest.fixture
def everything(sent: Round, body: Body, officer: User, evaluator: User) -> None:
    """At least one row in every table that is kept as it is."""
    entry = sent.entries.get(body=body)
    complaint = actions.Complaint(item="internet_resource", text="Қате.")
    objection = actions.file_objection(entry, complaint, by=officer, at=AT)
    verdict = actions.Verdict(decision=Objection.Decision.DECLINED, answer="Қайта санадық.")
    actions.answer_objection(objection, verdict, by=evaluator, at=AT)
    actions.publish(sent, by=evaluator, at=AFTER)
    Snapshot.objects.create(
        body=body, origin=Snapshot.Origin.CRAWL, address="https://a.kz/", taken_at=AT, sha256="0"
    )
    day = date(2020, 12, 1)
    audit = Audit.objects.create(
        body=body,
        start="https://a.kz/",
        regulation="sites",
        edition=day,
        as_of=day,
        started_at=AT,
        finished_at=AT,
        pages=1,
        documents=0,
        manifest_sha256="0",
    )
    FindingRow.objects.create(
        body=body, audit=audit, rule="P001", outcome="passed", found_on=day, finding={}
    )


@pytest.mark.parametrize("kept", frozen.KEPT, ids=lambda kept: kept.table)
@pytest.mark.parametrize("how", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_row_stays_whoever_asks(everything: None, kept: frozen.Kept, how: str) -> None:
    frozen.freeze()

    with (
        pytest.raises(DatabaseError, match=kept.told),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(how.format(kept.table))

    frozen.thaw()


def test_objection_is_open_until_it_is_answered(
    sent: Round, body: Body, officer: User, evaluator: User
) -> None:
    frozen.freeze()
    entry = sent.entries.get(body=body)
    complaint = actions.Complaint(item="internet_resource", text="Қате.")
    objection = actions.file_objection(entry, complaint, by=officer, at=AT)
    verdict = actions.Verdict(decision=Objection.Decision.DECLINED, answer="Қайта санадық.")

    actions.answer_objection(objection, verdict, by=evaluator, at=AT)

    with pytest.raises(DatabaseError, match="an objection is frozen"), transaction.atomic():
        Objection.objects.update(decision="")
    assert Objection.objects.get().decision == "declined"
    frozen.thaw()
