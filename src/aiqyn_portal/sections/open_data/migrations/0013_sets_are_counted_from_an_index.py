from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from 0012: PostgreSQL makes no index where rows have just been written twice."""

    dependencies = [("open_data", "0012_sets_keep_what_they_are_counted_by")]

    operations = [
        migrations.AddIndex(
            model_name="dataset",
            index=models.Index(
                fields=["state", "body", "category", "licence", "frequency", "stars", "formats"],
                name="open_data_counted",
            ),
        ),
        migrations.AddIndex(
            model_name="dataset",
            index=models.Index(fields=["state", "name"], name="open_data_named"),
        ),
    ]
