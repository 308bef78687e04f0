"""Recall and precision on the published forms (forms.csv, pairs.csv)."""

import pytest

from aiqyn import words
from aiqyn.words import letters
from aiqyn.words.kazakh import Kazakh, roots
from tests.aiqyn.words import measured

KAZAKH = Kazakh()


def stem_of(word: str) -> set[str]:
    return {KAZAKH.stem(word)}


def test_the_published_set_is_as_large_as_promised() -> None:
    forms = measured.forms()

    assert len(forms) >= 600
    assert len({form.lemma for form in forms}) >= 60
    assert {form.kind for form in forms} == {"noun", "adjective", "verb"}
    assert len(measured.pairs()) >= 200
    assert len(set(forms)) == len(forms)
    assert len({frozenset(pair) for pair in measured.pairs()}) == len(measured.pairs())


@pytest.mark.parametrize("half", ["seen", "held_out"])
def test_forms_are_found_by_their_lemma_and_by_no_other(half: str) -> None:
    found = measured.figures(measured.forms(half), stem_of)

    assert found >= (0.99, 0.99, 0.97)


def test_forms_that_are_missed_are_known_by_name() -> None:
    missed = {form.form for form in measured.missed(measured.forms(), stem_of)}

    assert missed == {"үлкендеу", "жоғарылау"}  # -лау of a quality, and of a verb


def test_words_that_must_not_meet_and_do_are_known_by_name() -> None:
    assert set(measured.met(stem_of)) == {
        ("іс", "істік"),
        ("күн", "күнделік"),
        ("тіл", "тілім"),
        ("сот", "сота"),
        ("ата", "атау"),
        ("ұл", "ұлы"),
    }


def test_held_out_words_are_mostly_found_without_their_roots() -> None:
    held_out = measured.forms("held_out")
    unknowing = Kazakh(without=measured.roots_of(held_out))

    found = measured.figures(held_out, lambda word: {unknowing.stem(word)})

    assert found >= (0.85, 0.95, 0.97)


def test_forms_typed_with_russian_letters_are_found() -> None:
    def typed(word: str) -> set[str]:
        return {words.reduce(letters.fold(word)).folded, words.reduce(word).folded}

    assert measured.figures(measured.forms(), typed).recall >= 0.99


ALPHABETS = {  # Cyrillic letters, and what each is written with in their order
    "2021": (
        "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшыіэюя",
        "a ä b v g ğ d e j z i i k q l m n ñ o ö p r s t u ū ü f h h c ç ş y ı e iu ia",
    ),
    "2017": (
        "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшыіэюя",
        "a a' b v g g' d e j z i' i' k q l m n n' o o' p r s t y' u u' f h h c ç s' y i e iu ia",
    ),
    "any keyboard's": (
        "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшыіэюя",
        "a a b v g g d e zh z i i k q l m n n o o p r s t u u u f h h c ch sh y i e iu ia",
    ),
}


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_forms_in_latin_letters_are_found(alphabet: str) -> None:
    cyrillic, latin_letters = ALPHABETS[alphabet]
    letter_of = dict(zip(cyrillic, latin_letters.split(), strict=True))

    def keys(word: str) -> set[str]:
        latin = "".join(letter_of[letter] for letter in word)
        return {words.reduce(latin).folded, words.reduce(word).folded}

    assert measured.figures(measured.forms(), keys).recall >= 0.95


def test_roots_are_written_in_kazakh_letters_and_once() -> None:
    cyrillic = set("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя")
    told = roots()
    for listed in (told.names.split(), told.verbs.split(), told.elided.split()):
        assert [word for word in listed if not cyrillic.issuperset(word)] == []
        assert len(set(listed)) == len(listed)
