from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0004_text_erased'),
        ('grouping', '0001_copies_are_folded'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='words',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(fields=['words', '-fold', 'contribution'], name='grouping_member_words'),
        ),
    ]
