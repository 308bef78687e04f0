import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0003_commitments_are_of_the_body_of_their_head")]

    operations = [
        migrations.AlterField(
            model_name="commitment",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="bodies.body",
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="head",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="dialogue.head",
            ),
        ),
    ]
