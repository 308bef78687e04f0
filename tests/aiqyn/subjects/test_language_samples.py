"""Sentences, names and pages nobody tuned on: two lines of three of every sample."""

from pathlib import Path

import pytest

from aiqyn.subjects.language import A_PIECE, language_of, language_of_name, tell
from aiqyn.subjects.traits.languages import foreign_to

SAMPLES = Path(__file__).parents[1] / "samples" / "languages"
OWED = ("kk", "ru", "en")
IMPOSTORS = ("ky", "tt", "uz", "uz_latin", "ba")


def lines(sample):
    return (SAMPLES / f"{sample}.txt").read_text("utf-8").splitlines()


def held_out(sample):
    return [line for number, line in enumerate(lines(sample)) if number % 3]


def share(texts, expected, by=lambda text: tell(text).language):
    return sum(by(text) == expected for text in texts) / len(texts)


def pages(sample, sentences):
    texts = held_out(sample) * 2
    return [" ".join(texts[start : start + sentences]) for start in range(len(texts) // 2)]


@pytest.mark.parametrize("language", OWED)
def test_samples_are_many_and_never_twice_the_same(language):
    assert len(set(lines(language))) >= 150


@pytest.mark.parametrize("language", OWED)
def test_sentences_are_told_by_their_language(language):
    assert share(held_out(language), language) >= 0.97


def test_sentences_of_seven_languages_are_told():
    told = [
        tell(text).language == sample.partition("_")[0]
        for sample in (*OWED, *IMPOSTORS[:4])
        for text in held_out(sample)
    ]

    assert sum(told) / len(told) >= 0.97


@pytest.mark.parametrize("sample", ["kk", "ky", "tt", "uz", "uz_latin"])
def test_sentences_written_to_tune_by_are_told(sample):
    assert share(lines(f"{sample}_tuned"), sample.partition("_")[0]) >= 0.9


def test_third_sample_nobody_tuned_on_is_told():
    """Shorter sentences, half of them of everyday life."""
    told = {sample: share(lines(f"third/{sample}"), sample) for sample in ("kk", "ky", "tt", "uz")}

    assert min(told.values()) >= 0.92
    assert told["uz"] >= 0.97
    assert told["tt"] >= 0.95


@pytest.mark.parametrize("sample", ["kk", "ky", "tt", "uz"])
def test_pages_of_the_third_sample_are_told(sample):
    texts = lines(f"third/{sample}") * 2
    whole = [" ".join(texts[start : start + 8]) for start in range(len(texts) // 2)]

    assert share(whole, sample if sample == "kk" else None, language_of) == 1


@pytest.mark.parametrize(("sample", "least"), [("kk", 0.9), ("ru", 0.95), ("en", 0.95)])
def test_fourth_sample_written_blindly_is_told(sample, least):
    texts = lines(f"fourth/{sample}")
    whole = [" ".join((texts + texts)[start : start + 8]) for start in range(len(texts))]

    assert share(texts, sample) >= least
    assert share(whole, sample, language_of) >= 0.98


def test_sentences_as_long_as_pieces_of_pages_are_told_in_a_sample_written_blindly():
    told = [
        tell(text).language == sample
        for sample in (*OWED, "ky", "tt", "uz")
        for text in lines(f"fourth/{sample}")
        if len(text) >= A_PIECE
    ]

    assert len(told) > 200
    assert sum(told) / len(told) >= 0.97


@pytest.mark.parametrize(
    ("sample", "language", "least"),
    [
        ("kk", "kk", 0.97), ("ru", "ru", 0.97), ("en", "en", 0.97), ("names_ru", "ru", 0.97),
        ("loans_kk", "kk", 0.95), ("ky", "ky", 0.93), ("tt", "tt", 0.9), ("uz", "uz", 0.93),
        ("uz_latin", "uz", 0.9),
    ],
)  # fmt: skip
def test_fifth_sample_a_third_of_it_very_short_is_told(sample, language, least):
    assert share(lines(f"fifth/{sample}"), language) >= least


@pytest.mark.parametrize(
    ("own", "name"),
    [
        ("kk", "Аэропорт"), ("kk", "Автобус станция"), ("kk", "Санитарлық станция"),
        ("kk", "Инвалид жандар"), ("kk", "Google Play"), ("kk", "Internet"), ("ru", "Kaspi Travel"),
        ("ru", "Digital Bridge"), ("ru", "Akim Time"), ("kk", "Film Festival"),
    ],
)  # fmt: skip
def test_loan_or_brand_that_running_text_may_have_is_no_foreign_name(own, name):
    assert foreign_to(own, name) == ""


@pytest.mark.parametrize("text", ["Инвалид балалар", "Жылжымайтын мүлік аренда", "Рубль бағамы"])
def test_kazakh_with_a_loan_word_is_kazakh(text):
    assert tell(text).language == "kk"


def test_second_sample_is_told():
    told = [
        tell(text).language == sample.partition("_")[0]
        for sample in ("kk", "ky", "tt", "uz", "uz_latin")
        for text in lines(f"second/{sample}")
    ]

    assert len(told) == 230
    assert sum(told) / len(told) >= 0.97


def test_kazakh_and_kyrgyz_of_the_second_sample_are_told():
    assert [share(lines(f"second/{each}"), each) >= 0.97 for each in ("kk", "ky")] == [True, True]


def test_hardly_a_sentence_of_a_neighbour_is_called_kazakh():
    second = [f"second/{sample}" for sample in IMPOSTORS[:4]]
    texts = [text for sample in (*IMPOSTORS, *second) for text in lines(sample)]

    assert sum(tell(text).language == "kk" for text in texts) <= 3  # of 440


@pytest.mark.parametrize("language", OWED)
def test_pages_are_told_by_their_language(language):
    assert share(pages(language, 8), language, language_of) >= 0.97


@pytest.mark.parametrize("sample", IMPOSTORS)
def test_page_of_a_neighbour_is_nobody_s(sample):
    assert share(pages(sample, 6), None, language_of) == 1


@pytest.mark.parametrize("language", OWED)
def test_names_of_links_are_never_told_wrongly(language):
    told = [language_of_name(name) for name in lines(f"menu_{language}")]

    assert set(told) <= {language, None}
    assert told.count(language) >= 0.9 * len(told)


def test_names_of_links_of_the_second_sample_are_seldom_told_wrongly():
    told = [
        (language, language_of_name(name))
        for language in OWED
        for name in lines(f"second/menu_{language}")
    ]

    assert sum(each not in (language, None) for language, each in told) <= 1  # of 140
    assert sum(each == language for language, each in told) >= 0.85 * len(told)


def test_russian_full_of_kazakh_names_is_russian():
    assert share(held_out("names_ru"), "ru") >= 0.97


def test_text_in_two_languages_is_mixed():
    assert share(held_out("mixed"), "mixed") >= 0.97


def test_kazakh_in_latin_letters_is_kazakh():
    told = [tell(text) for text in held_out("latin_kk")]

    assert [(each.language, each.letters) for each in told] == [("kk", "latin")] * len(told)
