from django.db import migrations


def count(apps, schema_editor):
    """Write a tally for every audit that was kept before there were any."""
    audits = apps.get_model("evidence", "Audit").objects
    findings = apps.get_model("evidence", "FindingRow").objects
    tallies = apps.get_model("evidence", "Tally").objects
    for pk in audits.filter(tally=None).values_list("pk", flat=True).order_by("pk"):
        ended = {}
        rows = findings.filter(audit=pk, overridden_by=None).order_by("rule", "pk")
        for rule, outcome in rows.values_list("rule", "outcome"):
            ended.setdefault(outcome, []).append(rule)
        tallies.create(audit_id=pk, ended=ended)


class Migration(migrations.Migration):

    dependencies = [
        ("evidence", "0003_tally"),
    ]

    operations = [
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
