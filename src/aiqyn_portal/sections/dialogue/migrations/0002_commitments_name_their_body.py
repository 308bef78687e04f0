import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bodies", "0001_initial"), ("dialogue", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="commitment",
            name="body",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="bodies.body",
            ),
        ),
    ]
