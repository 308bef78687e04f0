from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('site_audit', '0003_runs_that_end_badly'),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='read_at_death',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
