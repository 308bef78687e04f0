"""Memory that is kept between the parts of a large file."""

import ctypes

import pytest

from aiqyn.subjects.datafile.csv_memory import KEPT, LARGEST, kept_memory


class Glibc:
    def __init__(self):
        self.told = []

    def mallopt(self, what, size):
        self.told.append((what, size))

    def malloc_trim(self, left):
        self.told.append(("trim", left))


def test_memory_is_kept_for_a_while_and_given_back(monkeypatch):
    library = Glibc()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)

    def broken():
        with kept_memory():
            assert library.told == [(-1, KEPT), (-3, LARGEST)]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert library.told[2:] == [(-1, 2 * LARGEST), ("trim", 0)]


def test_where_the_allocator_is_another_nothing_is_asked(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())

    with kept_memory() as said:
        assert said is None
