"""Facts that are dear are worked out for the rules that read them, and for nobody else."""

import inspect
import re
from datetime import date

import pytest

from aiqyn import rules
from aiqyn.audit import Reader
from aiqyn.fetch.crawl import is_readable
from aiqyn.regulations import Requirement
from aiqyn.subjects import traits
from aiqyn.subjects.traits.asked import EVERY
from tests.aiqyn.worked import crawl, edition_of

FIELDS = {
    "languages.size": "size",
    "languages.foreign": "foreign",
    "wayfinding.shows_trail": "trail",
    "health.digest": "digest",
    "health.programmes": "programmes",
}
SITE = [rule for rule in rules.load().values() if rule.kind == "site" and rule.check]
PAGE = (
    '<html lang="kk"><title>Analysis of the budget and of its execution</title>'
    '<div class="breadcrumb">Басты бет</div><main><h1>The budget of the district in full</h1><p>'
    + "Аудан әкімдігі биылғы бюджеттің атқарылуы туралы есепті жариялады. " * 20
    + '</p><a href="/x"><img src="/expo2017.png" alt="ЭКСПО-2017"></a></main>'
)


def read_by(*codes):
    kept = crawl({"/": '<a href="/a/b">a</a>', "/a/b": '<a href="/a/c">c</a>', "/a/c": PAGE})
    edition = edition_of(*(Requirement(clause={"en": "x"}, rule=code) for code in codes))
    reader = Reader(edition, as_of=date(2026, 11, 20))
    for evidence in filter(is_readable, kept.manifest.evidence):
        reader.read(evidence, kept.store.get(evidence.sha256))
    return reader.facts["http://site.example/a/c"].traits


def value_of(kept: traits.Traits, field):
    family, _, name = field.partition(".")
    return getattr(getattr(kept, family), name)


def test_every_dear_fact_has_its_field():
    assert set(FIELDS.values()) == EVERY


@pytest.mark.parametrize("rule", SITE, ids=lambda rule: rule.code)
def test_rule_says_which_dear_facts_it_reads(rule):
    source = inspect.getsource(inspect.getmodule(rule.check))
    named = {fact for field, fact in FIELDS.items() if re.search(rf"traits\.{field}\b", source)}

    assert rule.reads == named
    assert rule.reads == set(rule.text.reads)


@pytest.mark.parametrize("field", FIELDS)
def test_dear_fact_is_there_only_where_a_rule_reads_it(field):
    reading = next(rule.code for rule in SITE if FIELDS[field] in rule.reads)

    assert value_of(read_by(reading), field)
    assert not value_of(read_by("S001"), field)
