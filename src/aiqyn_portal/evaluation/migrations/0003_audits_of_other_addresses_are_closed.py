"""What was audited before such audits were closed: machines of inner networks, other addresses.

Evidence is frozen, so this stands in the app that freezes it; after migrating it is frozen again.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.db import migrations

from aiqyn_portal.evaluation.frozen import thaw

INNER = (".corp", ".home.arpa", ".internal", ".intranet", ".lan", ".local", ".localhost")


def is_inner(address):
    """Whether only an inner network can know the host."""
    host = urlsplit(address).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(INNER)


def close(apps, schema_editor):
    """Audits of inner addresses the registry does not name count nowhere; their evidence is shut.

    The evidence of an audit is what was seen for its body while it ran: rather too much than
    too little.
    """
    thaw(schema_editor.connection.alias)
    audits = apps.get_model("evidence", "Audit").objects
    for audit in audits.filter(is_elsewhere=False, body__is_example=False).select_related("body"):
        is_named = audit.start.rstrip("/") == audit.body.site.rstrip("/")
        if is_inner(audit.start) and not is_named:
            audits.filter(pk=audit.pk).update(is_elsewhere=True)
    seen = apps.get_model("evidence", "Snapshot").objects.filter(origin="crawl")
    for audit in audits.filter(is_elsewhere=True):
        while_it_ran = (audit.started_at, audit.finished_at)
        rows = seen.filter(body=audit.body_id, taken_at__range=while_it_ran)
        rows.update(origin="elsewhere")


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0002_what_was_gathered_is_kept"),
        ("evidence", "0006_evidence_of_other_addresses"),
    ]

    operations = [
        migrations.RunPython(close, migrations.RunPython.noop),
    ]
