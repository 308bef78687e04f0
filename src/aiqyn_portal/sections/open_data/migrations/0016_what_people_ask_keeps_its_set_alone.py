import django.db.models.deletion
from django.db import migrations, models

from aiqyn_portal.contributions.brought_over import stay


def to_contribution(related_name):
    return models.OneToOneField(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="contributions.contribution",
    )


def undo(apps, schema_editor):
    stay(apps, "open_data", "Request", "Problem")


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0011_what_waits_by_support"),
        ("open_data", "0015_what_people_ask_is_in_the_ledger"),
    ]

    operations = [
        migrations.DeleteModel("Vote"),
        migrations.AlterModelOptions("problem", {"ordering": ["-pk"]}),
        migrations.AlterModelOptions("request", {"ordering": ["-pk"]}),
        migrations.RemoveConstraint("problem", "open_data_problem_is_answered"),
        migrations.RemoveConstraint("request", "open_data_published_request_names_its_set"),
        migrations.RemoveConstraint("request", "open_data_answer_has_words"),
        migrations.RemoveIndex("request", "open_data_request_body"),
        migrations.RemoveField("problem", "answer"),
        migrations.RemoveField("problem", "answered_at"),
        migrations.RemoveField("problem", "answered_by"),
        migrations.RemoveField("problem", "row"),
        migrations.RemoveField("problem", "state"),
        migrations.RemoveField("problem", "text"),
        migrations.RemoveField("problem", "told_at"),
        migrations.RemoveField("problem", "told_by"),
        migrations.RemoveField("request", "answer"),
        migrations.RemoveField("request", "answered_at"),
        migrations.RemoveField("request", "answered_by"),
        migrations.RemoveField("request", "asked_at"),
        migrations.RemoveField("request", "asked_by"),
        migrations.RemoveField("request", "body"),
        migrations.RemoveField("request", "state"),
        migrations.RemoveField("request", "text"),
        migrations.RemoveField("request", "title"),
        migrations.AlterField("problem", "contribution", to_contribution("data_problem")),
        migrations.AlterField("request", "contribution", to_contribution("data_request")),
        migrations.RunPython(migrations.RunPython.noop, undo),  # undone first of all
    ]
