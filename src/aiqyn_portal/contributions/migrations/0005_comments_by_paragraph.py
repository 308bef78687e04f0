from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("contributions", "0004_text_erased"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                fields=["kind", "about_key", "anchor", "shown"], name="contributions_anchors"
            ),
        ),
    ]
