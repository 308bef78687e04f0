from django.db import migrations


def move(apps, schema_editor):
    """Who followed a set follows its topic."""
    Follow = apps.get_model("open_data", "Follow")
    Reader = apps.get_model("notices", "Reader")
    Subscription = apps.get_model("notices", "Subscription")
    for follow in Follow.objects.select_related("dataset").iterator():
        reader, _ = Reader.objects.get_or_create(
            user_id=follow.user_id, defaults={"since": follow.since}
        )
        Subscription.objects.get_or_create(
            reader=reader,
            topic=f"data_set:{follow.dataset.name}",
            defaults={"since": follow.since},
        )


class Migration(migrations.Migration):
    dependencies = [
        ("open_data", "0004_surveys_of_demand"),
        ("notices", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="Follow"),
    ]
