from django.db import migrations, models

import aiqyn_portal.sections.open_data.models.sets

USED = """
UPDATE open_data_dataset SET used = (
    SELECT SUM(u.count) FROM open_data_use u WHERE u.dataset_id = open_data_dataset.id
) WHERE id IN (SELECT dataset_id FROM open_data_use)"""


class Migration(migrations.Migration):
    dependencies = [("open_data", "0008_sets_keep_when_they_changed")]

    operations = [
        migrations.AddField(
            model_name="dataset",
            name="used",
            field=aiqyn_portal.sections.open_data.models.sets.CountedAside(
                default=0, editable=False
            ),
        ),
        migrations.RunSQL(USED, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="dataset",
            index=models.Index(fields=["state", "-used", "-id"], name="open_data_used"),
        ),
    ]
