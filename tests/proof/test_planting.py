"""Planted defects are found, healthy sites are not accused, and the measure notices both."""

from datetime import date
from functools import wraps
from random import Random

import pytest

from aiqyn import rules
from aiqyn.audit import edition_on
from tools.planting import alive, causes, compose, proof, walls
from tools.planting import measure as measuring
from tools.planting.compose import by_seed
from tools.planting.draw import draw
from tools.planting.measure import add, judged, measure, without_plants
from tools.planting.planting import Unfit, links_of, sow
from tools.planting.plants import PLANTS
from tools.planting.scores import GOAL, Score
from tools.planting.trials import TRIED, add_trials

SEEDS = range(1001, 1007)


def shortcomings(scores):
    """Return the rules whose recall or precision is below the goal."""
    return {
        code: each.remarks
        for code, each in scores.items()
        if each.recall < GOAL or each.precision < GOAL
    }


@pytest.fixture(scope="module")
def seen():
    return [judged(seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def scores(seen):
    found = {}
    for each in seen:
        add(found, each)
    return found


def test_planted_defects_are_found_and_nothing_else_is(scores):
    excused = set(proof.reasons())

    assert {code: why for code, why in shortcomings(scores).items() if code not in excused} == {}


def test_rule_that_chance_drew_too_seldom_has_sites_of_its_own(monkeypatch):
    edition = edition_on("sites", date(2026, 1, 1))
    often = {each.rule: Score(planted=2) for each in edition.requires if each.rule != "S087"}
    monkeypatch.setattr(measuring, "FEWEST", 2)

    scores = measuring.measure_seldom(often, edition, 2001)

    assert (scores["S087"].planted, scores["S087"].found, scores["S087"].false) == (2, 2, 0)


@pytest.mark.parametrize(
    ("emptying", "written_on"),
    [
        ("english_pages_are_empty", "contacts_are_a_picture"),
        ("news_of_one_language_stands_still", "kazakh_is_typed_on_a_russian_keyboard"),
    ],
)
def test_no_plant_takes_away_or_empties_the_page_of_another(emptying, written_on):
    site = by_seed(141)
    named = {each.name: each for each in PLANTS}

    planted = sow(site, [named[written_on], named[emptying]], Random(141))

    assert [each.plant.name for each in planted] == [emptying, written_on]
    assert set(planted[-1].places) <= set(links_of(site.pages.values()))


def test_a_rule_that_finds_nothing_is_noticed(seen, scores, monkeypatch):
    code = max(scores, key=lambda each: (scores[each].found, each))
    seeds = [each.seed for each in seen if code in {one.plant.rule for one in each.planted}]
    monkeypatch.setitem(vars(rules.load()[code]), "check", lambda subject, **_: iter(()))

    assert code in shortcomings(measure(seeds[:1]))


def test_walls_are_found_and_none_is_imagined():
    scores = walls.measure_walls((1, 2, 3, 4, 5, 9, 19)).values()

    assert [(each.found == each.planted > 0, each.false, each.remarks) for each in scores] == [
        (True, 0, [])
    ] * 2


def test_traps_and_dead_resources_of_served_sites_are_found_and_none_is_imagined():
    scores = alive.measure_alive((4, 10))

    assert {code: (each.planted, each.found, each.false) for code, each in scores.items()} == {
        "S095": (1, 1, 0),
        "S097": (1, 1, 0),
        "S099": (1, 1, 0),
    }


def test_rules_of_the_trials_that_find_nothing_are_noticed(monkeypatch):
    for code in TRIED:
        rule = rules.load()[code]
        blind = wraps(rule.check)(lambda subject, **_: iter(()))  # an edition asks what it accepts
        monkeypatch.setitem(vars(rule), "check", blind)
    scores = {"S096": Score(false=2)}

    add_trials(scores, (10, 22))

    assert {code: (each.planted, each.found, each.false) for code, each in scores.items()} == {
        "S095": (1, 0, 0),
        "S082": (0, 0, 0),
        "S096": (1, 0, 2),
        "S097": (2, 0, 0),
        "S099": (1, 0, 0),
    }


@pytest.mark.parametrize(
    "name",
    [
        "titles_are_repeated",
        "download_is_in_another_language",
        "downloads_of_a_section_are_missing_in_one_language",
        "one_version_says_less",
    ],
)
def test_plant_that_finds_no_place_says_so(name):
    site = by_seed(7)
    for page in site.pages.values():
        page.body, page.flaws["emptied"] = [], True
    plant = next(each for each in PLANTS if each.name == name)

    with pytest.raises(Unfit):
        plant.sow(site, Random(1))


def test_the_same_seed_gives_the_same_bytes():
    once, again = by_seed(7), by_seed(7)

    assert [content for _, content in draw(once).pages.values()] == [
        content for _, content in draw(again).pages.values()
    ]
    assert once.files == again.files


def test_seeds_give_every_layout_and_every_address_scheme():
    sites = [by_seed(seed) for seed in range(40)]

    assert {site.layout for site in sites} == set(compose.LAYOUTS)
    assert {site.scheme for site in sites} == set(compose.SCHEMES)


def test_every_rule_of_a_machine_can_be_planted_or_says_why_not():
    missing = without_plants(edition_on("sites", date(2026, 1, 1)))

    assert [code for code in missing if code not in proof.reasons()] == []


def test_every_cause_a_rule_names_was_planted_or_says_why_not():
    named, excused = causes.named(causes.read()), set(proof.reasons())
    asked = causes.judged_rules(edition_on("sites", date(2026, 1, 1)))

    lacking = {
        f"{code}.{cause}"
        for code in asked
        for cause in causes.causes_of(code)
        if cause not in named.get(code, ())
    }

    assert lacking - excused == set()
    assert {each for each in excused if "." in each} - lacking == set()


def test_every_plant_was_found_where_it_stood_alone():
    table = {(each.rule, each.plant): each for each in causes.read()}
    asked = set(causes.judged_rules(edition_on("sites", date(2026, 1, 1))))
    own = {(each.rule, each.name) for each in PLANTS if each.rule in asked}

    assert own - set(table) == set()
    assert [each for each in table.values() if not 0 < each.planted == each.found] == []


def test_a_plant_alone_is_found_and_its_cause_named():
    each = next(one for one in PLANTS if one.name == "search_leaves_news_out")

    assert causes.tried(each, edition_on("sites", date(2026, 1, 1))) == causes.Tried(
        "S061", "search_leaves_news_out", 2, 2, ("not_found",)
    )


def test_plants_name_rules_that_exist():
    known = set(rules.load())

    assert {each.rule for each in PLANTS} - known == set()


def test_what_the_long_run_measured_reaches_the_goal_or_says_why():
    below = {
        code
        for code, each in proof.measured().items()
        if each.recall < GOAL or each.precision < GOAL
    }

    assert below - set(proof.reasons()) == set()


def test_the_long_run_measured_every_rule_the_edition_asks_of_a_machine():
    asked = {
        each.rule
        for each in edition_on("sites", date(2026, 1, 1)).requires
        if rules.load()[each.rule].check and rules.load()[each.rule].kind != "rendered"
    }

    assert asked - set(proof.measured()) == set()
