"""What was done to the tables of drafts can be undone, with what people have said in them."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from aiqyn_portal.sections.drafts import actions
from aiqyn_portal.sections.drafts.models import CategoryReport

BEFORE = ("drafts", "0002_discussions_keep_their_rule")


def migrate(targets):
    """Without what follows a migration: tests empty tables that are frozen then."""
    MigrationExecutor(connection).migrate(targets)


def test_reports_of_strangers_leave_where_only_accounts_could_report(
    transactional_db, opened_draft, citizen
):
    now = MigrationExecutor(connection).loader.graph.leaf_nodes()
    for by in (citizen, None):
        actions.report_category(opened_draft, "education", "", by=by, at=timezone.now())
    try:
        migrate([BEFORE])
    finally:
        migrate(now)

    assert [each.told_by for each in CategoryReport.objects.all()] == [citizen]
