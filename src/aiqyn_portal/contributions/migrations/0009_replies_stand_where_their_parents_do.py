from django.db import migrations
from django.db.models import F, Q

BATCH = 1000


def move(apps, schema_editor):
    """Replies written beside another part come to what they reply to; both parts are told."""
    contribution = apps.get_model("contributions", "Contribution")
    strayed = contribution.objects.filter(~Q(anchor=F("parent__anchor")), parent__isnull=False)
    touched = set()
    # a reply to a reply may have to be moved again once its own parent has been
    while rows := list(strayed.select_related("parent").order_by("pk")[:BATCH]):
        for row in rows:
            touched.add((row.kind, row.about_key, row.anchor))
            touched.add((row.kind, row.about_key, row.parent.anchor))
            row.anchor = row.parent.anchor
        contribution.objects.bulk_update(rows, ["anchor"])
    for kind, key, anchor in sorted(touched):
        count(apps, {"kind": kind, "about_key": key, "anchor": anchor})


def count(apps, where):
    """Count one part anew; pages that show it are drawn again."""
    part = apps.get_model("contributions", "Part")
    said = apps.get_model("contributions", "Contribution").objects.filter(**where)
    part.objects.get_or_create(**where)
    part.objects.filter(**where).update(
        total=said.filter(shown="public").count(), edition=F("edition") + 1
    )


class Migration(migrations.Migration):
    dependencies = [("contributions", "0008_what_waits_about_a_thing")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
