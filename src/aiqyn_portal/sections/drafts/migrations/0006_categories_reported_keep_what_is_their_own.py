import django.db.models.deletion
from django.db import migrations, models

from aiqyn_portal.contributions.brought_over import stay


def undo(apps, schema_editor):
    stay(apps, "drafts", "CategoryReport")


class Migration(migrations.Migration):
    dependencies = [("drafts", "0005_categories_reported_are_in_the_ledger")]

    operations = [
        migrations.AlterModelOptions("categoryreport", {"ordering": ["pk"]}),
        migrations.RemoveConstraint("categoryreport", "drafts_category_reported_once"),
        migrations.RemoveConstraint("categoryreport", "drafts_category_reported_once_by_strangers"),
        migrations.RemoveField("categoryreport", "answer"),
        migrations.RemoveField("categoryreport", "decided_at"),
        migrations.RemoveField("categoryreport", "decided_by"),
        migrations.RemoveField("categoryreport", "state"),
        migrations.RemoveField("categoryreport", "text"),
        migrations.RemoveField("categoryreport", "told_at"),
        migrations.RemoveField("categoryreport", "told_by"),
        migrations.AlterField(
            "categoryreport",
            "contribution",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="category_report",
                to="contributions.contribution",
            ),
        ),
        migrations.AddConstraint(
            "categoryreport",
            models.UniqueConstraint(
                condition=models.Q(is_strangers=True),
                fields=("draft", "said", "meant"),
                name="drafts_category_reported_once_by_strangers",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, undo),  # undone first of all
    ]
