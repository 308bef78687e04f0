import pytest

from aiqyn.chain import Place
from aiqyn.report.bunches import Bunch, bunches, by_note


def at(*addresses):
    return tuple(Place(where="x", address=address) for address in addresses)


def test_places_are_told_by_what_is_wrong_the_most_frequent_first():
    one, two, three = (Place(where=where, note=note) for where, note in ("1a", "2b", "3b"))

    assert by_note((one, two, three), lambda place: place.note) == {"b": (two, three), "a": (one,)}


def test_few_places_are_told_one_by_one():
    places = at("https://a.kz/x/1", "https://a.kz/x/2", "https://a.kz/x/3")

    assert bunches(places) == [Bunch(prefix="", places=places)]


def test_many_pages_of_one_folder_are_one_bunch():
    news = at(*(f"https://a.kz/kk/news/{number}?p=1" for number in range(325)))
    other = at("https://a.kz/ru/about")

    assert bunches((*other, *news)) == [
        Bunch(prefix="https://a.kz/kk/news/", places=news),
        Bunch(prefix="", places=other),
    ]


def test_folders_are_joined_upwards_until_they_are_few():
    days = at(*(f"https://a.kz/news/{day}/{day}" for day in range(40)))

    assert bunches(days) == [Bunch(prefix="https://a.kz/news/", places=days)]


def test_many_hosts_stay_apart():
    links = at(*(f"https://{number}.kz/" for number in range(20)))

    assert len(bunches(links)) == 20


@pytest.mark.parametrize("address", ["", "https://a.kz/one"])
def test_places_of_one_address_need_no_prefix(address):
    places = at(*[address] * 9)

    assert bunches(places) == [Bunch(prefix="", places=places)]


def test_no_place_is_no_bunch():
    assert bunches(()) == []
