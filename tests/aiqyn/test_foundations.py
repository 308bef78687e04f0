"""Phrases, errors and the chain of hashes: what everything else stands on."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest

from aiqyn.chain import FAILURES, Evidence, Finding, Outcome, Place
from aiqyn.errors import AiqynError, CatalogueError, FetchError, InputError
from aiqyn.ledger import GENESIS, first_break, link
from aiqyn.text import Text, first_sentence, inert, missing, say

PHRASE = Text({"kk": "Айқын", "ru": "Ясный", "en": "Clear"})


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        (PHRASE, "ru", "Ясный"),
        (PHRASE, "de", "Айқын"),
        (Text({"kk": "", "ru": "Ясный"}), "kk", "Ясный"),
        (Text({"en": "Clear"}), "kk", "Clear"),
        (Text({}), "kk", ""),
    ],
)
def test_phrase_is_said_in_the_language_or_the_first_there_is(text, language, said):
    assert say(text, language) == said


def test_phrase_knows_what_is_not_written_yet():
    assert missing(PHRASE) == []
    assert missing(Text({"ru": "Ясный", "en": ""})) == ["kk", "en"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CatalogueError("a.yaml", "wrong"), "a.yaml: wrong"),
        (InputError("a.csv", "line 2", "wrong"), "a.csv: line 2: wrong"),
        (InputError("a.csv", "", "wrong"), "a.csv: wrong"),
        (FetchError("http://a/", "dns"), "http://a/: dns"),
        (FetchError("http://a/", "tls", "expired"), "http://a/: tls (expired)"),
    ],
)
def test_error_says_where_and_what(error, said):
    assert isinstance(error, AiqynError)
    assert str(error) == said


def chained(*records):
    previous, kept = GENESIS, []
    for record in records:
        previous = link(previous, record)
        kept.append((record, previous))
    return kept


def test_link_commits_to_the_record_and_to_the_one_before():
    written = b"0" * 64 + b'\n{"a":1,"b":2}'

    assert link(GENESIS, {"b": 2, "a": 1}) == hashlib.sha256(written).hexdigest()
    assert link("1" * 64, {"a": 1, "b": 2}) != link(GENESIS, {"a": 1, "b": 2})


def test_chain_breaks_at_the_first_record_that_does_not_follow():
    kept = chained("a", "b", "c")
    changed = [kept[0], ("B", kept[1][1]), kept[2]]

    assert first_break(kept) is None
    assert first_break([]) is None
    assert first_break(changed) == 1
    assert first_break(kept[1:]) == 0
    assert first_break([kept[0], kept[2]]) == 1


def test_noun_is_frozen_strict_and_survives_json():
    finding = Finding(
        rule="S005",
        outcome=Outcome.FAILED,
        places=(Place(where="p:nth-child(2)", saw="2019"),),
        value=Decimal("0.10"),
    )

    with pytest.raises(AttributeError):
        finding.rule = "S006"
    with pytest.raises(msgspec.ValidationError, match="unknown field `more_than`"):
        msgspec.json.decode(b'{"rule": "S005", "outcome": "failed", "more_than": 1}', type=Finding)
    assert msgspec.json.decode(msgspec.json.encode(finding), type=Finding) == finding


def test_every_failure_blames_the_site_or_us():
    seen = Evidence(url="http://a/", taken_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert set(FAILURES.values()) == {"site", "us"}
    assert seen.failure not in FAILURES


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"), ("+7 701", "'+7 701"), ("@a", "'@a"), ("-5", "-5"), ("-5,25", "-5,25"),
        ("-1e6", "-1e6"), ("-2+3", "'-2+3"), ("\t=1", "'\t=1"), ("мәтін", "мәтін"), ("", ""),
    ],
)  # fmt: skip
def test_no_cell_is_taken_for_a_formula_and_negative_numbers_stay(cell, written):
    assert inert(cell) == written


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Атау беріңіз. Сосын тексеріңіз.", "Атау беріңіз."),
        ("Назовите столбец! «Итого» уберите.", "Назовите столбец!"),
        ("Бағандарды т.б. атаңыз", "Бағандарды т.б. атаңыз"),
        ("", ""),
    ],
)
def test_first_sentence_ends_where_the_next_begins(words, first):
    assert first_sentence(words) == first
