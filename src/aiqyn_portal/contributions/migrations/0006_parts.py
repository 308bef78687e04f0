from django.db import migrations, models
from django.db.models import Count, Q


def count(apps, schema_editor):
    """Parts of what has been spoken of so far, with what is public of each."""
    contribution = apps.get_model("contributions", "Contribution")
    part = apps.get_model("contributions", "Part")
    found = (
        contribution.objects.order_by()
        .values_list("kind", "about_key", "anchor")
        .annotate(total=Count("pk", filter=Q(shown="public")))
    )
    rows = (
        part(kind=kind, about_key=key, anchor=anchor, total=total, edition=1)
        for kind, key, anchor, total in found.iterator()
    )
    part.objects.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("contributions", "0005_comments_by_paragraph")]

    operations = [
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("about_key", models.CharField(max_length=120)),
                ("anchor", models.CharField(blank=True, max_length=200)),
                ("total", models.PositiveIntegerField(default=0)),
                ("edition", models.PositiveBigIntegerField(default=0)),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(
                fields=("kind", "about_key", "anchor"), name="contributions_part_is_one"
            ),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
