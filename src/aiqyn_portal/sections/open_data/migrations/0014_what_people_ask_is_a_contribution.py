import django.db.models.deletion
from django.db import migrations, models

from aiqyn_portal.contributions.brought_over import stay


def to_contribution(related_name, **more):
    return models.OneToOneField(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="contributions.contribution",
        **more,
    )


def undo(apps, schema_editor):
    stay(apps, "open_data", "Request", "Problem")


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0011_what_waits_by_support"),
        ("open_data", "0013_sets_are_counted_from_an_index"),
    ]

    operations = [
        migrations.AddField("request", "contribution", to_contribution("data_request", null=True)),
        migrations.AddField("problem", "contribution", to_contribution("data_problem", null=True)),
        migrations.RunPython(migrations.RunPython.noop, undo),  # undone first of all
    ]
