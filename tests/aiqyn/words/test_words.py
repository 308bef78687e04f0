"""Analysing, marking and suggesting."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn import words
from aiqyn.words import Piece, Reduced, Token, analysis, letters, nearest
from aiqyn.words.kazakh import Kazakh

KAZAKH = Kazakh()


def test_analyse_tells_every_word_where_it_stands() -> None:
    assert words.analyse("Қаланың бюджеті, 2025", "kk") == [
        Token("Қаланың", "қала", "кала", 0, 7, "kk"),
        Token("бюджеті", "бюджет", "бюджет", 8, 15, "kk"),
        Token("2025", "2025", "2025", 17, 21, ""),
    ]


def test_stems_are_those_of_the_language_said() -> None:
    assert words.stems("Открытые данные", "ru") == ["открыт", "дан"]
    assert words.stems("Ашық деректер", "kk") == ["ашық", "дерек"]
    assert words.stems("OPEN datasets", "en") == ["open", "dataset"]


def test_kazakh_letters_make_a_word_kazakh_in_a_text_of_any_language() -> None:
    assert words.reduce("әкімдігі", "ru") == Reduced("әкімдік", "акимдик", "kk", (), True)
    assert words.reduce("әкімдігі", "en") == words.reduce("әкімдігі", "ru")


def test_word_of_nobody_knows_which_language_has_the_stems_of_both() -> None:
    assert words.reduce("жобалар") == Reduced("жоба", "жоба", "kk", ("жобалар",))
    assert words.reduce("законами") == Reduced("закон", "законам", "ru", ("законами",))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("калаларда", "қала"),  # Russian letters
        ("министрлiгi", "министрлік"),  # Latin i
        ("калалардың", "қала"),  # some of the letters
        ("қaлa", "қала"),  # Latin a
        ("ҚАЛА", "қала"),
        ("qalalar", "қала"),
        ("u'kimet", "үкімет"),
        ("úkimet", "үкімет"),
        ("şeşımder", "шешім"),
        ("aýyl", "ауыл"),
        ("zañ", "заң"),
        ("zang", "заң"),
    ],
)
def test_word_is_found_however_it_is_typed(typed: str, meant: str) -> None:
    assert words.reduce(typed).folded == words.reduce(meant, "kk").folded


def test_yo_is_found_by_ye() -> None:
    assert words.reduce("отчёты", "ru") == words.reduce("отчеты", "ru")


@pytest.mark.parametrize("english", ["minister's", "don't", "organisation's", "open"])
def test_english_apostrophe_makes_no_word_kazakh(english: str) -> None:
    assert words.reduce(english).language == "en"


def test_english_word_that_may_be_latin_kazakh_has_both_stems() -> None:
    assert words.reduce("bilim") == Reduced("bilim", "билим", "en", ("билим",))
    assert words.reduce("bilim", "en") == Reduced("bilim", "bilim", "en")
    assert words.reduce("bilim", "kk") == Reduced("билим", "билим", "kk")


def test_other_alphabets_and_numbers_stay_as_they_are() -> None:
    assert words.reduce("数据") == Reduced("数据", "数据", "")
    assert words.reduce("Ελλάδα").language == ""


def test_long_run_of_letters_is_read_to_a_bound() -> None:
    assert len(words.reduce("ә" * 10_000).stem) <= analysis.LONGEST


@given(st.text(max_size=60), st.sampled_from(["", "kk", "ru", "en"]))
def test_any_text_is_analysed_and_its_tokens_are_in_it(text: str, language: str) -> None:
    for token in words.analyse(text, language):
        assert text[token.start : token.end] == token.word
        assert "" not in (token.stem, token.folded)


@given(st.text("аәбгғдежзиіклмнңоөпрстуұүқшы", min_size=1, max_size=20))
def test_stem_of_any_letters_is_no_longer_than_the_word(word: str) -> None:
    assert 0 < len(KAZAKH.stem(word)) <= len(word)


def test_threads_do_not_disturb_each_other() -> None:
    made: list[str] = []

    def reduce_often() -> None:
        made.extend({analysis.snowball("russian", "бюджетами") for _ in range(200)})

    threads = [threading.Thread(target=reduce_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == ["бюджет"] * 4


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("жоюға", "жой"),  # й and у in one letter
        ("тауып", "тап"),  # irregular
        ("орнына", "орн"),
        ("король", "корол"),
        ("корольдің", "корол"),
        ("процесс", "процес"),
        ("құқығымды", "құқық"),
        ("жемқорлар", "жемқор"),
        ("смартфондардың", "смартфон"),
        ("гаджеттеріміз", "гаджет"),
        ("порталдады", "портал"),
        ("блокчейндеп", "блокчейн"),
        ("логотиптелген", "логотип"),
        ("брдың", "брдың"),  # no vowel to be in harmony with
        ("тбрдың", "тбрдың"),
        ("цитрустелді", "цитрустел"),
        ("мониторингілеген", "мониторингіле"),
        ("сканерленбеген", "сканерле"),
        ("киберқылмысы", "киберқылм"),
        ("интеграцияланды", "интеграцияла"),
        ("шығыл", "шығыл"),
        ("эссе", "эссе"),
    ],
)
def test_word_is_reduced(word: str, stem: str) -> None:
    assert KAZAKH.stem(word) == stem


@pytest.mark.parametrize("asked", ["келесі", "келесіде", "келесінің", "келесилерди"])
@pytest.mark.parametrize("named", ["келес", "келестің", "келесте"])
def test_next_is_not_the_district_of_keles(asked: str, named: str) -> None:
    one, other, following = analysis.analyse(f"{asked} {named} келесіге", "kk")

    assert {one.stem, one.folded}.isdisjoint({other.stem, other.folded})
    assert one.folded == following.folded


def test_hard_consonant_does_not_stand_before_a_vowel_of_an_ending() -> None:
    assert KAZAKH.stem("жақын") != KAZAKH.stem("жақ")


def test_highlight_marks_what_answers_and_loses_nothing() -> None:
    text = "Қалалардың <b>бюджеті</b> туралы"
    pieces = words.highlight(text, "қала бюджет", "kk")

    assert pieces == [
        Piece("Қалалардың", True),
        Piece(" <b>"),
        Piece("бюджеті", True),
        Piece("</b> туралы"),
    ]


def test_highlight_to_the_last_letter_and_of_nothing() -> None:
    assert words.highlight("бюджет", "бюджеттің") == [Piece("бюджет", True)]
    assert words.highlight("", "бюджет") == []
    assert words.highlight("сайт", "") == [Piece("сайт")]


def test_cut_shows_the_first_hit_in_whole_words() -> None:
    text = "кіріспе " * 40 + "бюджеті туралы " + "қорытынды " * 40
    shown = words.cut(text, "бюджет", "kk", around=60)

    assert shown == "…кіріспе кіріспе бюджеті туралы қорытынды қорытынды…"


def test_cut_of_a_short_text_is_the_text_and_of_one_word_a_part_of_it() -> None:
    assert words.cut("Ашық бюджет", "сайт") == "Ашық бюджет"
    assert words.cut("а" * 200, "сайт", around=20) == "а" * 10 + "…"


VOCABULARY = ["бюджет", "бюджеттік", "қаулы", "құрал", "сайт", "сот"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("бюджат", ["бюджет", "бюджеттік"]),  # a letter changed
        ("бюдже", ["бюджет", "бюджеттік"]),  # missing
        ("бюджжет", ["бюджет", "бюджеттік"]),  # added
        ("бюдежт", ["бюджет", "бюджеттік"]),  # two swapped
        ("каулы", ["қаулы"]),  # no slip at all
        ("сйат", ["сайт"]),
        ("жоспар", []),
        ("", []),
    ],
)
def test_suggest_names_the_nearest_words(typed: str, meant: list[str]) -> None:
    assert words.suggest(typed, VOCABULARY) == meant


def test_what_nobody_can_have_meant_is_held_against_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held: list[str] = []

    def near(asked: nearest.Sketch, known: nearest.Sketch) -> None:
        held.append(known.word)

    monkeypatch.setattr(nearest, "_near", near)
    vocabulary = ["қазына", "мектеп", "қаланың", "қызмет", "қоғам", "әзірлену"]

    assert words.suggest("қазнаға", vocabulary) == []
    assert held == ["қазына", "қаланың", "қоғам"]
    assert words.suggest("қазнаға", vocabulary, most=1) == []
    assert held == ["қазына", "қаланың", "қоғам", "қазына"]
    # no word is so long; with all letters there are, only the first ones say how it begins
    assert words.suggest("қ" * (analysis.LONGEST + 1), vocabulary) == []
    assert words.suggest("бвгдежзиклмнопрстуфхцчшыэюя", vocabulary) == []
    assert held[4:] == []


def test_distance_stops_counting_where_nobody_cares() -> None:
    assert nearest.distance("абвг", "деёж", 1) == 2
    assert nearest.distance("аб", "абвгд", 2) == 3
    assert nearest.distance("абв", "абд", 2) == 1


def test_beginning_of_a_word_is_held_against_another() -> None:
    assert nearest.begun("абвгде", "абг", 1) == (1, 2)
    assert nearest.begun("абв", "абв", 1) == (0, 0)
    assert nearest.begun("деёж", "абвг", 1) == (2, 0)
    assert nearest.begun("аб", "абвгд", 1) == (2, 0)


def test_word_with_an_ending_nobody_has_written_is_known_by_its_beginning() -> None:
    assert words.suggest("мктептердің", ["мектеп", "мекеме"]) == ["мектеп"]
    assert words.suggest("өтіншіте", ["өте", "өтініш", "өткен"])[0] == "өтініш"
    assert words.suggest("тенгеге", ["теңге"]) == ["теңге"]
    assert words.suggest("сотоо", ["сотқа", "сот"]) == []


def test_edition_is_a_mark_of_the_tables() -> None:
    assert len(words.edition()) == 16
    assert words.edition() == words.edition()


def test_letters_know_what_is_typed_for_what() -> None:
    assert letters.fold("әғқңөұүһіё") == "агкноуухие"
    assert letters.from_latin("qazaqstan respublikasy") == "казакстанреспубликасы"
    assert letters.from_latin("ai") == "ай"
    assert letters.from_latin("iá") == "иа"


@pytest.mark.parametrize(
    ("asked", "said", "named"),
    [
        ("мұнай", "мұнайлы", "Мұнайлы"),
        ("мұнайдың", "мұнайлыда", "Мұнайлыда"),
        ("алма", "алмалы", "Алмалы"),
        ("теректер", "теректі", "Теректі"),
        ("отыру", "отырар", "Отырар"),
        ("отыру", "отырардың", "Отырардың"),
        ("мунай", "мунайлы", "Мунайлы"),  # typed without Kazakh letters
    ],
)
def test_a_place_that_is_a_form_of_a_word_is_found_by_it_where_it_may_be_that_form(
    asked: str, said: str, named: str
) -> None:
    its = words.reduce(asked, "kk")

    def is_found(text: str, word: str) -> bool:
        (token,) = (each for each in words.analyse(text, "kk") if each.word == word)
        return {its.stem, its.folded} <= {*token.besides}

    assert is_found(f"жаңа {said} жер", said)
    assert is_found(f"{named} жер", named)  # a sentence begins with it
    assert is_found(f"Жаңа. «{named} жер»", named)
    assert not is_found(f"Бұл {named} ауданы", named)
    assert {its.stem, its.folded}.isdisjoint(  # who asks for the place does not find the word
        {words.reduce(named).stem, words.reduce(named).folded, *words.reduce(named).also}
    )


@pytest.mark.parametrize(
    "before",
    [
        "Алматы қ.",
        "Алматы қ. «",
        "г.",
        "Алматы обл.",
        "АЛМАТЫ ОБЛ.",
        "5 к.",
        "ул.",
        "Ақан ауд.",
        "а.о.",
    ],
)
def test_a_word_that_is_written_short_ends_no_sentence(before: str) -> None:
    assert not words.highlight(f"{before} Алмалы ауданы", "алма", "kk")[1:]


@pytest.mark.parametrize(
    "before", ["Бұл ауыз су.", "1.", "2024 жыл.", "және т.б.", "и др.", "", "Ол кетті…", "Үй.\n"]
)
def test_a_whole_word_does(before: str) -> None:
    assert words.highlight(f"{before} Алмалы бақ", "алма", "kk")[1:]


def test_a_form_of_the_word_asked_for_is_marked_and_the_word_is_not_by_its_form() -> None:
    said = "Бұл мұнайлы жер мұнай береді"

    assert [piece.text for piece in words.highlight(said, "мұнай") if piece.is_hit] == [
        "мұнайлы",
        "мұнай",
    ]
    assert [piece.text for piece in words.highlight(said, "мұнайлы") if piece.is_hit] == ["мұнайлы"]


@pytest.mark.parametrize(
    ("word", "other"), [("қоршау", "қор"), ("қоршады", "қорды"), ("арша", "аршу")]
)
def test_words_that_begin_alike_do_not_meet(word: str, other: str) -> None:
    assert words.reduce(word).stem != words.reduce(other).stem
