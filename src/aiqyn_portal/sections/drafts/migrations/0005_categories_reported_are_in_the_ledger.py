from django.db import migrations, transaction

from aiqyn.acts import categories
from aiqyn_portal.contributions.brought_over import (
    Before,
    Decision,
    count,
    enter,
    one_by_one,
    stay,
)

CATEGORY = "draft_category"
OUTCOMES = {"agreed": "accepted", "kept": "declined"}
TEXT = "Санат «{meant}» болуға тиіс, «{said}» емес."


def bring(apps, schema_editor):
    """Reports become contributions, one by one: what is done stays done."""
    reports = apps.get_model("drafts", "CategoryReport").objects
    for row in one_by_one(reports.select_related("draft")):
        link(apps, row)
    count(apps, CATEGORY)


def undo(apps, schema_editor):
    stay(apps, "drafts", "CategoryReport")


@transaction.atomic
def link(apps, row):
    row.is_strangers = row.told_by_id is None
    row.contribution = enter(apps, said(row))
    row.save(update_fields=["contribution", "is_strangers"])


def said(row):
    return Before(
        key=f"before-category-{row.pk}",
        kind=CATEGORY,
        about=row.draft.slug,
        body=row.draft.body_id,
        author=row.told_by_id,
        at=row.told_at,
        text=TEXT.format(meant=named(row.meant), said=named(row.said)),
        private=row.text,
        decision=decided(row),
    )


def named(code):
    known = {each.code: each.title for each in categories.categories().categories}
    return known[code]["kk"] if code in known else code


def decided(row):
    if row.state not in OUTCOMES:
        return None
    outcome, by = OUTCOMES[row.state], row.decided_by_id
    return Decision(at=row.decided_at, by=by, outcome=outcome, words=row.answer)


class Migration(migrations.Migration):
    atomic = False  # each row with its steps is one transaction; stopped, it goes on
    dependencies = [
        ("drafts", "0004_categories_reported_are_contributions"),
        ("search", "0007_titles_are_found_however_old"),
        ("accounts", "0003_names_and_assurance"),
    ]

    operations = [migrations.RunPython(bring, undo)]
