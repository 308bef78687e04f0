"""Two readers that share a crawl find what one finds, to the byte, about the whole site too."""

from pathlib import Path

import pytest

from aiqyn import rules
from aiqyn.audit import LiveReader
from aiqyn.fetch import aside as module
from aiqyn.fetch.aside import Aside
from aiqyn.fetch.crawl import Asking, Limits, crawl
from examples.serve import serve

SITES = Path(__file__).parents[3] / "examples" / "sites"
OWN_SERVER = Limits(allow_private=True, per_host_per_second=0.0, max_external_links=0)


def audited(url, folder, day, *, shared):
    """Crawl, or repeat the readings; return the report, what is asked for, and who read what."""
    reader = LiveReader(folder, "sites", day)
    others = []

    def absorb(partial):
        others.extend(each.url for each in partial.facts)
        own = set(reader.facts)
        reader.absorb(partial)
        assert own.isdisjoint(others)

    aside = Aside(reader, 60) if shared else None
    manifest = crawl(
        url,
        folder=folder,
        limits=OWN_SERVER,
        read=Asking(reader.read, reader.asks, aside, absorb, get_ready=reader.get_ready),
    )
    asks = reader.asks(manifest)
    return reader.result(manifest), asks, (len(others), len(reader.facts) - len(others))


@pytest.mark.parametrize("name", ["good", "poor"])
def test_an_audit_on_two_cores_finds_what_one_core_finds_to_the_byte(name, tmp_path, monkeypatch):
    monkeypatch.setattr("aiqyn.fetch.walk.AFTER", 0)
    monkeypatch.setattr(module, "MOST_AHEAD", 1)  # so that each has much to read

    with serve(SITES / name) as served:
        day = served.settings.as_of
        report, asks, read = audited(served.url, str(tmp_path), day, shared=False)
        of_both, asked_by_both, read_by = audited(served.url, str(tmp_path), day, shared=True)

    assert min(read_by) > 10
    assert sum(read_by) == sum(read)
    assert asked_by_both == asks
    assert of_both == report


def test_rules_about_the_site_are_loaded_before_they_are_asked_for(tmp_path):
    rules.load.cache_clear()
    reader = LiveReader(str(tmp_path), "sites", "2026-11-20")
    known = [rule for rule in rules.load().values() if rule.kind == "site"]
    assert not any("check" in vars(rule) for rule in known)

    reader.get_ready()

    asked = {each.rule for each in reader.edition.requires}
    assert {rule.code for rule in known if "check" in vars(rule)} == {
        rule.code for rule in known if rule.code in asked
    }
