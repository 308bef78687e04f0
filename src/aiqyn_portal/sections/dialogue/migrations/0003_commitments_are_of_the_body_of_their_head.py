from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_bodies(apps: Any, _editor: Any) -> None:
    head = apps.get_model("dialogue", "Head").objects.filter(pk=OuterRef("head"))
    rows = apps.get_model("dialogue", "Commitment").objects.filter(body=None)
    rows.update(body=Subquery(head.values("body")[:1]))


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0002_commitments_name_their_body")]

    operations = [migrations.RunPython(name_bodies, migrations.RunPython.noop)]
