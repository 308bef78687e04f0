import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0009_replies_stand_where_their_parents_do"),
        ("open_data", "0009_sets_keep_how_often_they_are_used"),
    ]

    operations = [
        migrations.CreateModel(
            name="Idea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("application", "Application"),
                            ("service", "Service of the body"),
                            ("analysis", "Analysis or map"),
                            ("other", "Something else"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_idea",
                        to="contributions.contribution",
                    ),
                ),
                (
                    "datasets",
                    models.ManyToManyField(
                        blank=True, related_name="ideas", to="open_data.dataset"
                    ),
                ),
                (
                    "reuses",
                    models.ManyToManyField(blank=True, related_name="ideas", to="open_data.reuse"),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
    ]
