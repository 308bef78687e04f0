"""What was audited before such audits were closed: machines of inner networks, other addresses.

Evidence is frozen, so this stands in the app that freezes it; after migrating it is frozen again.
"""

import msgspec
from django.db import migrations

from aiqyn.errors import EvidenceError
from aiqyn.fetch.addresses import BadAddress, normalise, site_of
from aiqyn_portal.evaluation.frozen import thaw
from aiqyn_portal.evidence.inner import is_inner, site_at
from aiqyn_portal.evidence.store import store

READ_AT_ONCE = 2000
CHANGED_AT_ONCE = 500


def close(apps, schema_editor):
    """Audits of inner addresses the registry does not name count nowhere; their evidence is shut.

    So is what was seen of such a machine at any other time: read again, led to by the official
    site.
    """
    thaw(schema_editor.connection.alias)
    audits = apps.get_model("evidence", "Audit").objects.order_by()
    close_audits(audits)
    seen = apps.get_model("evidence", "Snapshot").objects.order_by().filter(origin="crawl")
    bodies = set(audits.filter(is_elsewhere=True).values_list("body_id", flat=True))
    of_real = seen.filter(body__is_example=False).values_list("body_id", "address")
    bodies |= {body for body, address in of_real.iterator(READ_AT_ONCE) if is_inner(address)}
    registry = apps.get_model("bodies", "Body").objects.order_by()
    for body in [each for each in registry.iterator(READ_AT_ONCE) if each.pk in bodies]:
        rows = seen.filter(body=body.pk)
        shut(rows, Closed(body, audits.filter(body=body.pk), rows))


def close_audits(audits):
    """Audits of inner addresses count nowhere, but for what the registry names."""
    mine = audits.filter(is_elsewhere=False, body__is_example=False)
    starts = mine.values_list("pk", "start", "body__site")
    inner = [
        pk
        for pk, start, site in starts.iterator(READ_AT_ONCE)
        if is_inner(start) and bare(start) != bare(site)
    ]
    for at in range(0, len(inner), CHANGED_AT_ONCE):
        audits.filter(pk__in=inner[at : at + CHANGED_AT_ONCE]).update(is_elsewhere=True)


def bare(address):
    """Without what makes no other site: scheme, "www.", the last slash."""
    try:
        address = normalise(address)
    except BadAddress:
        pass
    return address.partition("://")[2].removeprefix("www.").rstrip("/")


def shut(rows, closed):
    """Shut the sightings of one body that are closed."""
    places = rows.values_list("pk", "address", "taken_at").iterator(READ_AT_ONCE)
    pks = [pk for pk, address, taken_at in places if closed.has(address, taken_at)]
    for at in range(0, len(pks), CHANGED_AT_ONCE):
        rows.filter(pk__in=pks[at : at + CHANGED_AT_ONCE]).update(origin="elsewhere")


class Moved(msgspec.Struct):
    """What is read here of a line of evidence."""

    url: str
    final_url: str = ""


class Closed:
    """What is closed of the crawls of one body."""

    def __init__(self, body, audits, rows):
        audits = list(audits)
        closed = [audit for audit in audits if audit.is_elsewhere]
        counting = [audit for audit in audits if not audit.is_elsewhere]
        self.is_example = body.is_example
        self.site = site_at(body.site)
        self.runs = [(audit.started_at, audit.finished_at) for audit in closed]
        self.hosts = {site_of(audit.start) for audit in closed}
        self.counting = {site_of(audit.start) for audit in counting}
        self.others = self.beside(rows, counting) if closed else set()
        self.led = {address for audit in audits for address in self.led_inside(audit)}

    def beside(self, rows, counting):
        """Other hosts seen while the closed audits ran, and by none that counts."""
        runs = [(audit.started_at, audit.finished_at) for audit in counting]
        meanwhile, officially = set(), set()
        for address, taken_at in rows.values_list("address", "taken_at").iterator(READ_AT_ONCE):
            if is_within(self.runs, taken_at):
                meanwhile.add(site_of(address))
            elif is_within(runs, taken_at):
                officially.add(site_of(address))
        return meanwhile - officially

    def led_inside(self, audit):
        """Addresses that led an audit to a closed host, by its manifest."""
        try:
            _, *lines = store().get(audit.manifest_sha256).splitlines()
            seen = [msgspec.json.decode(line, type=Moved) for line in lines]
        except (EvidenceError, ValueError):
            return  # the hosts tell the most of it
        for each in seen:
            if each.final_url and self.has_host(each.final_url):
                yield each.url[:2000]

    def has_host(self, address):
        """Whether all that was ever seen on the host is not for everybody."""
        site = site_of(address)
        if site == self.site:
            return False
        is_machine = is_inner(address) and not self.is_example
        return is_machine or site in self.hosts - self.counting

    def has(self, address, taken_at):
        """Whether what was seen there at that moment is not for everybody."""
        if address in self.led or self.has_host(address):
            return True
        site = site_of(address)
        if site == self.site:
            return False
        if site in self.counting:
            return site in self.hosts and is_within(self.runs, taken_at)
        return site in self.others


def is_within(runs, taken_at):
    """Whether any of the runs was under way."""
    return any(began <= taken_at <= ended for began, ended in runs)


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0002_what_was_gathered_is_kept"),
        ("evidence", "0006_evidence_of_other_addresses"),
    ]

    operations = [
        migrations.RunPython(close, migrations.RunPython.noop),
    ]
