"""Programmes that are over, and their names in banners."""

import pytest

from aiqyn.subjects.programmes import MARKS, of_first_pages, programmes, programmes_named
from aiqyn.text import missing


def test_every_programme_is_found_by_each_of_its_names():
    lost = [
        name
        for programme in programmes().values()
        for name in programme.names
        if programmes_named(name) != [programme.code]
    ]

    assert lost == []


def test_every_name_has_a_mark_that_is_looked_for_first():
    sought = [each for code, each in programmes().items() if code not in of_first_pages()]
    names = [name for programme in sought for name in programme.names]

    assert [name for name in names if not any(mark in name for mark in MARKS)] == []


def test_every_programme_has_its_titles_and_a_source():
    known = programmes().values()

    assert [missing(each.title) for each in known] == [[]] * len(known)
    assert all(each.source for each in known)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("«Халықтық IPO»", ["peoples_ipo"]),
        ("People's IPO", ["peoples_ipo"]),
        ("/banners/ekspo-2017.png", ["expo_2017"]),
        ("Бизнестің жол картасы – 2020 | EXPO_2017", ["business_road_map_2020", "expo_2017"]),
        ("EXPO халықаралық көрме орталығы", []),
        ("Бизнестің жол картасы 2025", []),
        ("EXPO 20170", []),
        ("«Нұрлы жол» 2015–2019", ["nurly_zhol_2019"]),
        ("«Нұрлы жол» 2020–2025", []),
        ("", []),
    ],
)
def test_banner_names_programmes(text, codes):
    assert programmes_named(text) == codes
