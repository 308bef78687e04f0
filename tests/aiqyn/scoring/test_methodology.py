"""A methodology that is wrong is refused when it is read, with file and path."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import yaml

from aiqyn.catalogue import ROOT
from aiqyn.errors import CatalogueError
from aiqyn.scoring.cases import cases_in
from aiqyn.scoring.methodology import (
    FOLDER,
    digest,
    digest_of,
    load,
    methodology,
    methodology_ids,
)

PHRASE = {"kk": "Атауы", "ru": "Название", "en": "Name"}
BAND = {"code": "A", "at_least": 50, "title": PHRASE}
CRITERION = "$.criteria[0]"
INDICATOR = "$.criteria[0].indicators[0]"


def indicator(**changes):
    fields = {"code": "i1", "title": PHRASE, "points": 10, "measure": {"is": "share"}}
    return fields | {"rules": ["R1"]} | changes


def criterion(**changes):
    return {"code": "c1", "title": PHRASE, "indicators": [indicator()]} | changes


def write(folder, **changes):
    fields = {
        "id": "test", "kind": "profile", "title": PHRASE, "act": PHRASE, "url": "",
        "status": PHRASE, "official": False, "in_force_from": date(2025, 1, 1), "step": "0.01",
        "criteria": [criterion()],
    }  # fmt: skip
    place = folder / "test"
    place.mkdir(exist_ok=True)
    path = place / "methodology.yaml"
    path.write_text(yaml.safe_dump(fields | changes, allow_unicode=True), encoding="utf-8")
    return place


def inside(**changes):
    return {"criteria": [criterion(indicators=[indicator(**changes)])]}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"step": 0}, "`step` is 0"),
        ({"step": "NaN"}, "`step` is NaN"),
        ({"total": "mean"}, "a mean is rounded at the total"),
        ({"criteria": [criterion(weight=0)]}, "no criterion carries weight"),
        ({"criteria": [criterion(weight=-1)]}, f"`weight` is -1 - at `{CRITERION}`"),
        ({"criteria": [criterion(), criterion()]}, "criterion given twice: c1"),
        (
            {"criteria": [criterion(), criterion(code="c2")]},
            "indicator given twice: i1",
        ),
        (
            {
                "total": "lowest",
                "criteria": [criterion(), criterion(code="c2", points=5, indicators=[])],
            },
            "maxima differ: no lowest of them",
        ),
        ({"bands": [BAND, {**BAND, "at_least": 0}]}, "band given twice: A"),
        (
            {"bands": [{**BAND, "code": "B", "at_least": 0}, BAND]},
            "bands must fall, best first",
        ),
        ({"bands": [BAND]}, "the last band must begin at 0"),
        ({"bands": [{**BAND, "at_least": 101}]}, "band 101 - at `$.bands[0]`"),
        ({"in_force_until": date(2025, 1, 1)}, "in force until before it begins"),
        ({"title": {"kk": "Атауы"}}, "a phrase lacks ru, en: {'kk': 'Атауы'}"),
        (
            {"criteria": [criterion(note={"en": "Note"})]},
            "a phrase lacks kk, ru: {'en': 'Note'}",
        ),
        (
            {"criteria": [criterion(points_source={"en": "Act"})]},
            "a phrase lacks kk, ru: {'en': 'Act'}",
        ),
        (inside(source={"ru": "Акт"}), "a phrase lacks kk, en: {'ru': 'Акт'}"),
        (
            inside(source="An act"),
            f"Expected `object | null`, got `str` - at `{INDICATOR}.source`",
        ),
        (
            {"bands": [{**BAND, "at_least": 0, "source": {"kk": "Акт"}}]},
            "a phrase lacks ru, en: {'kk': 'Акт'}",
        ),
        (
            {"criteria": [criterion(points=11)]},
            f"criterion c1 is worth 11, its indicators 10 - at `{CRITERION}`",
        ),
        (
            {"criteria": [criterion(points=11, capped=True)]},
            f"criterion c1 is worth 11, its indicators 10 - at `{CRITERION}`",
        ),
        ({"criteria": [criterion(capped=True)]}, f"`capped` needs `points` - at `{CRITERION}`"),
        (
            {"criteria": [criterion(), criterion(code="c2", weight=0, needed=True)]},
            "`needed` needs `weight` - at `$.criteria[1]`",
        ),
        ({"criteria": [criterion(points="-1")]}, f"`points` is -1 - at `{CRITERION}`"),
        (
            {"criteria": [criterion(points="0.005", indicators=[])]},
            "criterion c1: 0.005 is no whole number of steps 0.01",
        ),
        (inside(points="0.005"), "indicator i1: 0.005 is no whole number of steps 0.01"),
        (inside(points="Infinity"), f"`points` is Infinity - at `{INDICATOR}`"),
        (inside(rules=[]), f"indicator i1 names no rule - at `{INDICATOR}`"),
        (inside(rules=["R1", "R1"]), f"indicator i1 repeats a rule - at `{INDICATOR}`"),
        (
            inside(measure={"is": "zero_by_failure", "zeroing": ["R2"]}),
            f"indicator i1: parameters name R2 - at `{INDICATOR}`",
        ),
        (
            inside(rules=["R1", "R2"], measure={"is": "weighted_sum", "weights": {"R1": 1}}),
            f"indicator i1: `weights` lack R2 - at `{INDICATOR}`",
        ),
        (
            inside(
                rules=["R1", "R2"],
                measure={"is": "product", "factors": {"R2": {"partly": 1, "failed": 0}}},
            ),
            f"indicator i1: `factors` lack R1 - at `{INDICATOR}`",
        ),
        (inside(cap={"at_most": 11}), f"indicator i1: the cap is no cap - at `{INDICATOR}`"),
        (inside(cap={"at_most": -1}), f"`at_most` is -1 - at `{INDICATOR}.cap`"),
        (
            inside(cap={"at_most": "0.005"}),
            "cap of i1: 0.005 is no whole number of steps 0.01",
        ),
        (
            inside(measure={"is": "share", "partly": 2}),
            f"`partly` is 2, outside 0–1 - at `{INDICATOR}.measure`",
        ),
        (inside(weight=2), f"Object contains unknown field `weight` - at `{INDICATOR}`"),
        ({"id": "other"}, "`id` is other, the folder is test - at `$.id`"),
    ],
)
def test_methodology_that_is_wrong_is_refused(tmp_path, changes, problem):
    place = write(tmp_path, **changes)

    with pytest.raises(CatalogueError) as refused:
        load(place)

    assert str(refused.value) == f"{place / 'methodology.yaml'}: {problem}"


def test_methodology_cut_off_in_the_middle_is_refused(tmp_path):
    place = write(tmp_path)
    path = place / "methodology.yaml"
    path.write_bytes(path.read_bytes()[:90])

    with pytest.raises(CatalogueError, match=r"methodology\.yaml"):
        load(place)


def test_methodology_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CatalogueError, match="this file is missing"):
        load(tmp_path)
    with pytest.raises(CatalogueError, match="kz-openness-1999: there is no such methodology"):
        methodology("kz-openness-1999")


def test_digest_changes_with_any_yaml_file(tmp_path):
    place = write(tmp_path)
    before = digest_of(place)
    (place / "notes.txt").write_text("not counted", encoding="utf-8")
    same = digest_of(place)
    (place / "cases.yaml").write_text("[]", encoding="utf-8")

    assert (same == before, digest_of(place) == before) == (True, False)
    assert cases_in(place) == []
    assert digest("rti") == digest_of(FOLDER / "rti")


def test_maximum_is_known_only_when_every_part_is():
    assert [methodology(f"kz-openness-{year}").full for year in (2019, 2020, 2021)] == [
        Fraction(100),
        Fraction(100),
        None,
    ]
    assert methodology("kz-openness-2021").most is None
    assert methodology("open-data-barometer").maximum == Decimal(100)


def test_methodology_names_every_rule_it_asks_about(tmp_path):
    place = write(
        tmp_path, **inside(only_if={"rules": ["R2"]}, cap={"at_most": 1, "unless": ["R3", "R1"]})
    )

    assert load(place).rules == {"R1", "R2", "R3"}
    assert next(load(place).indicators).asked == ("R1", "R2", "R3")


def test_measure_of_an_unknown_mark_may_be_capped(tmp_path):
    place = write(tmp_path, **inside(points=None, cap={"at_most": 1}))

    assert load(place).full is None


def test_every_folder_of_methodologies_is_one():
    folders = {path.name for path in (ROOT / "methodologies").iterdir() if path.is_dir()}

    assert folders == set(methodology_ids())
