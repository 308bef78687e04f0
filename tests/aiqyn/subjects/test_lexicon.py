import pytest

from aiqyn.subjects import lexicon
from aiqyn.subjects.lexicon import is_listed, unfolded, vote_of, votes_of


@pytest.mark.parametrize(
    ("word", "vote"),
    [
        pytest.param("және,", b"K", id="a listed word, a comma after it"),
        pytest.param("қырғыз", b"K", id="letters only Kazakh has together"),
        pytest.param("тiл", b"K", id="a Latin i"),
        pytest.param("Қанат", b"x", id="a capitalised word may be a name"),
        pytest.param("ӘКІМДІК", b"K", id="capitals throughout are no name"),
        pytest.param("ҚР", b"-", id="an abbreviation"),
        pytest.param("мектеп", b"S", id="a word several Turkic languages share"),
        pytest.param("кызметтер", b"L", id="Kazakh in Russian letters"),
        pytest.param("жобаларын", b"M", id="an ending like Kazakh ones"),
        pytest.param("который", b"R", id="a Russian word"),
        pytest.param("благоустройству", b"I", id="an ending like Russian ones"),
        pytest.param("Сидоров", b"c", id="a surname speaks for nobody"),
        pytest.param("өчен", b"T", id="Tatar"),
        pytest.param("күчә", b"T", id="no Kazakh word has ч beside its own letters"),
        pytest.param("көчө", b"Y", id="Kyrgyz"),
        pytest.param("короо", b"Y", id="a double vowel"),
        pytest.param("балыкчы", b"N", id="чы: Kyrgyz or Tatar"),
        pytest.param("жыйынды", b"N", id="ый where Kazakh has и"),
        pytest.param("кырсыкта", b"P", id="кы: Kyrgyz, Tatar or Kazakh in Russian letters"),
        pytest.param("эстелик", b"Y", id="a Turkic word that begins with э"),
        pytest.param("шаардагылар", b"Y", id="аа"),
        pytest.param("соображение", b"I", id="a double vowel of Russian"),
        pytest.param("үйренуші", b"K", id="у after ү"),
        pytest.param("жазғандары", b"K", id="plural in -дар beside ғ"),
        pytest.param("сөзбен", b"K", id="-бен"),
        pytest.param("көлдың", b"M", id="-дың"),
        pytest.param("урыннарга", b"T", id="plural in -нар"),
        pytest.param("игътикад", b"T", id="ъ after г"),
        pytest.param("топширилди", b"U", id="и after о"),
        pytest.param("маълумки", b"U", id="ъ after а"),
        pytest.param("бордилар", b"U", id="-ди after a back vowel"),
        pytest.param("солиб", b"U", id="-иб after a back vowel"),
        pytest.param("дожди", b"R", id="which Russian has, too"),
        pytest.param("зайди", b"C", id="a Russian order is no -айди"),
        pytest.param("зайнаб", b"C", id="a name"),
        pytest.param("чигү", b"T", id="-ү after и: in Kyrgyz -үү"),
        pytest.param("йоклый", b"T", id="й at the beginning"),
        pytest.param("эшлибез", b"T", id="э where Kyrgyz has и"),
        pytest.param("ўзбек", b"U", id="Uzbek"),
        pytest.param("қарз", b"X", id="Kazakh or Uzbek"),
        pytest.param("әләк", b"A", id="Kazakh, Tatar or Bashkir"),
        pytest.param("көл", b"G", id="Kazakh, Kyrgyz or Tatar"),
        pytest.param("ҙур", b"B", id="Bashkir"),
        pytest.param("їжак", b"O", id="another Cyrillic alphabet"),
        pytest.param("кот", b"C", id="a short word nobody listed"),
        pytest.param("компьютер", b"C", id="a word nobody listed"),
        pytest.param("which", b"E", id="English"),
        pytest.param("considerations", b"E", id="an ending like English ones"),
        pytest.param("turğyndar", b"Q", id="Kazakh in Latin letters"),
        pytest.param("bastalýy", b"Q", id="Kazakh in Latin letters with accents"),
        pytest.param("azamattary", b"Q", id="an ending like Kazakh ones"),
        pytest.param("bo'yicha", b"Z", id="Uzbek, any apostrophe"),
        pytest.param("gʻalaba", b"Z", id="Uzbek letters"),
        pytest.param("daraxtlari", b"Z", id="an ending like Uzbek ones"),
        pytest.param("qyzmetshi", b"Q", id="a q and a y for «ы»"),
        pytest.param("qandaydir", b"J", id="a q, and a y for «й»: Uzbek has it"),
        pytest.param("quarterly", b"W", id="an English qu"),
        pytest.param("maqsad", b"J", id="a q without u"),
        pytest.param("spanning", b"W", id="English or Uzbek"),
        pytest.param("xyz", b"W", id="Latin letters nobody listed"),
        pytest.param("2026", b"-", id="a number"),
        pytest.param("info@oblys.kz", b"-", id="an address"),
        pytest.param("—", b"-", id="a dash"),
        pytest.param("ә" * 41, b"-", id="too long for a word"),
    ],
)
def test_vote_of_a_word(word, vote):
    assert vote_of(word) == vote


def test_votes_are_one_byte_a_word():
    assert votes_of(["Бұл", "және", "который"]) == b"kKR"


def test_votes_are_forgotten_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(lexicon, "MOST_KNOWN", 2)
    monkeypatch.setattr(lexicon, "_votes", type(lexicon._votes)())  # nothing is known yet
    words = ["және", "который", "which", "және"]

    assert votes_of(words) == b"KREK"


@pytest.mark.parametrize(
    ("word", "language", "listed"),
    [("«Жаңалықтар»", "kk", True), ("Новости", "ru", True), ("Новости", "kk", False)],
)
def test_listed_words_are_told_from_others(word, language, listed):
    assert is_listed(word, language) is listed


def test_kazakh_words_are_known_by_their_look_in_russian_letters():
    assert unfolded()["кызмет"] == "қызмет"
    assert "аким" not in unfolded()
