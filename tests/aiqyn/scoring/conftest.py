"""Small methodologies and findings, written short."""

from decimal import Decimal

import msgspec
import pytest
from click.testing import CliRunner

from aiqyn.chain import Count, Finding, Outcome
from aiqyn.cli import main
from aiqyn.scoring.methodology import Methodology

PHRASE = {"kk": "Атауы", "ru": "Название", "en": "Name"}


def build_indicator(code="i1", **changes):
    fields = {"code": code, "title": PHRASE, "points": 10, "measure": {"is": "share"}}
    fields |= {"rules": ["R1"]} | changes
    return fields


def build_criterion(code="c1", **changes):
    return {"code": code, "title": PHRASE, **changes}


def build_method(*criteria, **changes):
    fields = {
        "id": "test",
        "kind": "profile",
        "title": PHRASE,
        "act": PHRASE,
        "url": "",
        "status": PHRASE,
        "official": False,
        "in_force_from": "2025-01-01",
        "step": "0.01",
        "criteria": criteria or (build_criterion(indicators=[build_indicator()]),),
    }
    return msgspec.convert(fields | changes, Methodology, strict=False)


def build_finding(rule, outcome="passed", count=None, value=None, **changes):
    return Finding(
        rule=rule,
        outcome=Outcome(outcome),
        count=Count(good=count[0], of=count[1]) if count else None,
        value=None if value is None else Decimal(value),
        **changes,
    )


@pytest.fixture(scope="session")
def indicator():
    return build_indicator


@pytest.fixture(scope="session")
def criterion():
    return build_criterion


@pytest.fixture(scope="session")
def method():
    return build_method


@pytest.fixture(scope="session")
def finding():
    return build_finding


@pytest.fixture
def aiqyn(monkeypatch):
    monkeypatch.setenv("AIQYN_LANG", "en")

    def call(*words, given=None):
        result = CliRunner().invoke(main, [str(word) for word in words], input=given)
        return result.exit_code, result.stdout, result.stderr

    return call
