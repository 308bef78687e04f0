import django.db.models.deletion
from django.db import migrations, models

from aiqyn_portal.contributions.brought_over import stay


def undo(apps, schema_editor):
    stay(apps, "drafts", "CategoryReport")


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0011_what_waits_by_support"),
        ("drafts", "0003_categories_are_reported_by_anybody"),
    ]

    operations = [
        migrations.AddField(
            "categoryreport",
            "contribution",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="category_report",
                to="contributions.contribution",
            ),
        ),
        migrations.AddField("categoryreport", "is_strangers", models.BooleanField(default=False)),
        migrations.RunPython(migrations.RunPython.noop, undo),  # undone first of all
    ]
