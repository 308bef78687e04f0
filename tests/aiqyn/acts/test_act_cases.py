"""Whole acts, as bodies write them, held against their structure written out by hand."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from aiqyn.acts import Act, paragraphs
from aiqyn.acts.reading import read
from aiqyn.acts.writing import docx, html

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.txt"))


def outline(act: Act) -> str:
    """Say everything of an act but its language in lines a person can check."""
    head = [
        *(f"above: {line}" for line in act.above),
        f"title: {act.title}",
        *(f"below: {line}" for line in act.below),
        *(f"signed: {line}" for line in act.signed),
        f"facts: {act.language} {act.kind_of_act} № {act.number} {act.date} {act.issuer}",
        *(f"trouble: {each.code} {each.where} {each.saw}" for each in act.troubles),
    ]
    units = [f"{'  ' * one.depth}{one.eid} | {one.marker} | {one.text}" for one in paragraphs(act)]
    return "\n".join((*head, "", *units)) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_structure_of_an_act_is_the_one_written_out(name):
    act = read((CASES / f"{name}.txt").read_bytes(), f"{name}.txt")

    assert outline(act) == (CASES / f"{name}.outline").read_text(encoding="utf-8")


@pytest.mark.parametrize("write", [docx, html])
@pytest.mark.parametrize("name", NAMES)
def test_act_written_to_a_document_is_read_back_the_same(name, write):
    act = read((CASES / f"{name}.txt").read_bytes(), f"{name}.txt")

    again = read(write(act), "act")

    assert replace(again, troubles=()) == replace(act, troubles=())
