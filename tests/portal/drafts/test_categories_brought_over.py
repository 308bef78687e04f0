"""Categories reported before are in the ledger; the way back is refused once something is there."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from aiqyn_portal.contributions import receipts, sealing
from aiqyn_portal.contributions.models import Contribution, Count
from aiqyn_portal.sections.drafts import actions, refusals
from aiqyn_portal.sections.drafts.models import CategoryReport

BEFORE = ("drafts", "0003_categories_are_reported_by_anybody")
TOLD = datetime(2026, 3, 5, 6, tzinfo=UTC)
ANSWERED = datetime(2026, 4, 1, 6, tzinfo=UTC)


def migrate(targets):
    """Without what follows a migration: tests empty tables that are frozen then."""
    MigrationExecutor(connection).migrate(targets)


def test_categories_reported_before_are_in_the_ledger(
    transactional_db, opened_draft, citizen, officer
):
    now = MigrationExecutor(connection).loader.graph.leaf_nodes()
    migrate([BEFORE])
    try:
        models = MigrationExecutor(connection).loader.project_state(BEFORE).apps
        old = models.get_model("drafts", "CategoryReport").objects
        said = {"draft_id": opened_draft.pk, "said": "ecology", "told_at": TOLD}
        old.create(**said, meant="education", text="Мектеп туралы", told_by_id=citizen.pk)
        answered = {"answer": "Жол туралы", "decided_at": ANSWERED, "decided_by_id": officer.pk}
        old.create(**said, meant="transport", state="kept", **answered)
        old.create(**said, meant="gone", state="agreed", **answered | {"answer": ""})
    finally:
        migrate(now)
    sealing.seal_all()

    rows = Contribution.objects.order_by("pk")
    assert list(rows.values_list("author", "outcome", "original_text", "decided_at")) == [
        (citizen.pk, "", "Мектеп туралы", None),
        (None, "declined", "", ANSWERED),
        (None, "accepted", "", ANSWERED),
    ]
    assert "Мектеп" not in rows[0].text
    assert {row.made_at for row in rows} == {TOLD}
    assert (Count.objects.get(kind="draft_category").total, receipts.first_broken()) == (3, "")
    with pytest.raises(refusals.ReportedAlready):
        actions.report_category(opened_draft, "transport", "", by=None)
    first = CategoryReport.objects.order_by("pk").first()
    words = {"kk": "Иә", "ru": "Да"}
    given = first, "accepted", "category_wrong", words
    actions.decide_category(*given, by=officer, at=timezone.now())


def test_what_is_in_the_ledger_stays_there(transactional_db, opened_draft, citizen):
    now = MigrationExecutor(connection).loader.graph.leaf_nodes()
    actions.report_category(opened_draft, "education", "", by=citizen)
    try:
        with pytest.raises(IrreversibleError, match="stays there"):
            migrate([BEFORE])
    finally:
        migrate(now)

    assert Contribution.objects.count() == 1
