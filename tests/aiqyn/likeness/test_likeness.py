"""Copies of one text, told from other opinions."""

import random

import pytest

from aiqyn.likeness import (
    NARROW,
    WIDE,
    Banding,
    Index,
    Why,
    compare,
    fits,
    group,
    is_face,
    keys,
    method,
    read,
    signature,
    unpacked,
)
from aiqyn.likeness.comparing import MANY, is_denial, is_same
from aiqyn.likeness.skeleton import practice, skeleton
from aiqyn.text import missing

ROAD = "Абай көшесіндегі жолды биыл жөндеуді сұраймыз, балалар мектепке балшықпен барады."
TERM = "Предлагаю срок обсуждения увеличить до 30 дней, чтобы жители успели прочитать проект."


def why(one: str, other: str) -> Why:
    there, back = compare(read(one), read(other)), compare(read(other), read(one))
    assert there.why == back.why
    return there.why


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("қарсымын", ["карсымын", "qarsymyn", "karsymyn", "qarsımın", "qarsimin", "ҚАРСЫМЫН"]),
        ("жәрдем", ["жардем", "jardem", "zhardem", "järdem", "járdem", "j'ardem", "jərdem"]),
        ("қаңтар", ["кантар", "qantar", "qangtar", "qañtar", "qan'tar"]),
        ("поддерживаю", ["podderzhivayu", "podderživaiu", "poderzhivaiu"]),
        ("здравствуйте", ["zdravstvuite", "zdravstvuyte"]),
        ("ещё", ["еще", "eshche", "esche", "eshhe"]),
        ("схема", ["shema", "skhema", "sxema"]),
        ("район", ["rayon", "raion"]),
        ("строится", ["stroitsya", "strоitsia"]),  # the о of the last is Cyrillic
    ],
)
def test_word_comes_to_the_same_letters_in_every_practice(word, others):
    assert {skeleton(other, practice(other)) for other in others} == {skeleton(word)}


def test_practice_of_the_text_tells_what_j_and_an_apostrophe_are():
    assert skeleton("ja", practice("ja podderzhivaju")) == skeleton("я")
    assert skeleton("jol", practice("jol jaman")) == skeleton("жол")
    assert skeleton("qys'", practice("qys' ja'rdem")) == skeleton("қыш")
    assert skeleton("novosʼ", practice("novosʼ")) == skeleton("новось")
    assert skeleton("ь") == ""


@pytest.mark.parametrize(
    "copy",
    [
        "Құрметті әкім!\nАсқар Серікұлы\n" + ROAD + " Рахмет!\nҚұрметпен, Гүлнар Омарова",
        "Сәтбаев көшесіндегі жолды биыл жөндеуді сұраймыз, балалар мектепке балшықпен барады!!!",
        "Балалар мектепке балшықпен барады, Абай көшесіндегі жолды биыл жөндеуді сұраймыз.",
        "Абай кошесиндеги жолды биыл жондеуди сураймыз балалар мектепке балшыкпен барады",
        "Abai koshesindegi joldy biyl jondeudi suraimyz, balalar mektepke balshykpen barady",
        "АБАЙ КӨШЕСІНДЕГІ ЖОЛДЫ БИЫЛ ЖӨНДЕУДІ СҰРАЙМЫЗ, БАЛАЛАР МЕКТЕПКЕ БАЛШЫҚПЕН БАРАДЫ",
        "Абай көше\u200bсіндегі жолды биыл жөндуді сұраймыз, баллар мектепке балшықпен барады 😡",
        ROAD.replace("о", "о\u0301"),
        ROAD + "\nАсқар Серікұлы Абай көшесі 15 үй",
        ROAD + " Алдын ала рахмет, 8 701 111 22 33",
        ROAD + " Бұл туралы көршілерім де талай айтқан.",
    ],
)
def test_light_edits_are_copies(copy):
    assert why(ROAD, copy) is Why.ALIKE


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (TERM.replace("30", "20"), Why.NUMBER),
        (TERM.replace("увеличить", "сократить"), Why.OPPOSITE),
        (TERM.replace("Предлагаю", "Не предлагаю"), Why.ALIKE),  # a light word denied says little
        ("Против. " + TERM, Why.OPPOSITE),
        ("Поддерживаю! " + TERM, Why.ALIKE),
        (TERM.replace("успели", "не успели"), Why.DENIED),
        (TERM.replace("обсуждения", "ремонта").replace("проект", "смету"), Why.OTHER_WORDS),
        ("", Why.OTHER_WORDS),
        ("Отопление в школе включили поздно.", Why.OTHER_WORDS),
    ],
)
def test_other_opinions_are_no_copies(other, expected):
    assert why(TERM, other) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Жобаны қолдаймын", "Жобаны қолдамаймын", None),
        ("5-баптың 3-тармағы дұрыс", "3-баптың 5-тармағы дұрыс", Why.NUMBER),
        ("Мерзім не менее 7 күн, алым не менее 3", "Мерзім не менее 7 күн, алым не более 3", None),
        ("II тоқсанда жөндеу басталсын делінген", "III тоқсанда жөндеу басталсын делінген", None),
        ("Бес жұмыс күні ішінде жауап берілсін", "5 жұмыс күні ішінде жауап берілсін", Why.ALIKE),
        ("Дом 15, подъезд 2: течёт крыша дома", "Дом 17, подъезд 3: течёт крыша дома", Why.ALIKE),
        ("🙂", "🙃", Why.ALIKE),
        ("Рахмет!", "рахмет", Why.ALIKE),
        ("Здравствуйте!", "Сәлеметсіз бе!", Why.OTHER_WORDS),
        ("Здравствуйте!", "Рахмет!", Why.OTHER_WORDS),
        ("Здравствуйте!", "Прошу починить лифт", Why.OTHER_WORDS),
        ("12", "13", Why.NUMBER),
        ("870111122331 ь", "", Why.ALIKE),  # a telephone and a soft sign are no words
        ("карсымин", "қарсымын", Why.ALIKE),
        ("Қарсымын бұл жобаға", "Қарсемын бұл жобаға", Why.ALIKE),
        ("ул. абая разбита дорога", "ул. сатпаева разбита дорога", Why.ALIKE),
        ("абай көшесі жол шұңқыр", "жамбыл көшесі жол шұңқыр", Why.ALIKE),
    ],
)
def test_short_texts_are_told_apart(one, other, expected):
    found = why(one, other)
    assert found is expected if expected else found is not Why.ALIKE


def test_comparison_says_how_like_and_what_spoke_against():
    told = compare(read(TERM), read(TERM.replace("30", "20")))

    assert (told.likeness, told.words, told.are_copies) == (1.0, ("30",), False)
    assert compare(read(TERM), read(TERM)).are_copies


def test_another_thing_in_the_same_words_is_another_opinion():
    school = (
        "Прошу выделить средства на ремонт школы в нашем посёлке. Здание построено сорок лет "
        "назад, крыша протекает, стены покрыты плесенью, жители обращались в управление."
    )

    told = compare(read(school), read(school.replace("школы", "больницы")))

    assert (told.why, told.words) == (Why.REPLACED, (skeleton("школы"), skeleton("больницы")))
    assert why(school, school.replace("школы", "шклы")) is Why.ALIKE
    assert why(school, school.replace("школы", "нашей больницы")) is Why.ALIKE  # nobody can tell


def test_verb_with_a_negation_in_it_denies_the_verb():
    known = [skeleton(word) for word in ("қосылмайды", "қосылады", "қолданбасын", "қолдансын")]
    assert is_denial(known[0], known[1])
    assert is_denial(known[2], known[3])
    assert not is_denial(known[1], known[0])
    assert not is_denial("kosilmao", "kosilo")
    one = "Келесі жылдан бастап ауылдағы бастауыш мектеп жабылсын деген шешім шықты"
    assert why(one, one.replace("жабылсын", "жабылмасын")) is Why.DENIED


def test_short_words_and_words_of_opposite_sides_are_not_the_same():
    assert not is_same("iol", "sol")
    assert not is_same(skeleton("разрешить"), skeleton("разрушить"))
    assert is_same(skeleton("дорогу"), skeleton("дорога"))
    assert is_same(skeleton("комунальщики"), skeleton("коммунальщеки"))


def test_long_texts_of_other_words_are_told_apart_at_once():
    shared = [f"сөз{letter}{other}бір" for letter in "абвгдежз" for other in "клмнопрс"]
    mine = [f"мен{letter}{other}екі" for letter in "абвгдежз" for other in "клмнопрс"]
    its = [f"сен{letter}{other}үш" for letter in "абвгдежз" for other in "клмнопрс"]
    assert len(mine) > MANY

    assert why(" ".join(shared + mine), " ".join(shared + its)) is Why.OTHER_WORDS


def test_bad_input_is_read():
    megabyte = "Жол " * 300_000
    hidden, script = "\u202e\u200f", "<script>alert(1)</script>"
    for text in ("", " \n", hidden, script, megabyte, "١٢٣", "a" * 9_999):
        read(text)
    assert group(["", "", "?"]) == [[0, 1, 2]]
    assert keys(read("")) == ()


def test_group_is_the_same_in_any_order():
    texts = [
        ROAD, "Сәлем! " + ROAD, TERM, TERM.replace("30", "20"), "Zdravstvujte! " + TERM,
        "Мектепте үш ауысым оқу қашан аяқталады?", "Спасибо за ремонт парка.",
    ]  # fmt: skip
    expected = [[0, 1], [2, 4], [3], [5], [6]]
    chance = random.Random(1)
    for _ in range(5):
        order = chance.sample(range(len(texts)), len(texts))
        found = group([texts[place] for place in order])
        assert sorted(sorted(order[it] for it in each) for each in found) == expected
    assert group(texts) == expected
    assert group([]) == []


def test_groups_that_a_longer_text_shows_to_be_one_are_joined():
    first = "Ауылға таза ауыз су құбыры тартылсын, құдық суы тұзды, балалар жиі ауырады."
    second = "Су сапасын тексеретін зертхана нәтижесі сайтта тұрақты жариялансын, халық күтеді."
    both = f"{first} {second}"
    assert group([first, second, both]) == [[0, 1, 2]]
    against = [first, second + " Оған қарсымын.", both]
    assert sorted(map(len, group(against))) == [1, 2]


def test_text_that_leans_nowhere_joins_no_opposite_ones():
    plain = "Автотұраққа орын бөлгенде аулалардағы ағаштар, балалар алаңы, жаяу жол ескерілсін"
    more, less = plain + ", алым көбейтілсін.", plain + ", алым азайтылсын."
    assert why(plain, more) is why(plain, less) is Why.ALIKE

    assert sorted(map(sorted, group([more, plain, less]))) == [[0], [1, 2]]
    assert sorted(map(sorted, group([less, plain, more]))) == [[0, 1], [2]]


def test_groups_that_lean_apart_are_not_joined_by_a_text_of_both():
    first = "Ауылға таза ауыз су құбыры тартылсын, құдық суы тұзды, төлем көбейтілсін."
    second = "Су сапасын тексеретін зертхана нәтижесі сайтта тұрақты жариялансын, төлем азайтылсын."
    both = (
        "Ауылға таза ауыз су құбыры тартылсын, құдық суы тұзды. Су сапасын тексеретін зертхана "
        "нәтижесі сайтта тұрақты жариялансын, төлем әділ болсын."
    )
    found = group([first, second, both])
    assert not any({0, 1} <= set(each) for each in found)
    assert any(2 in each and len(each) == 2 for each in found)


def test_text_fits_a_group_when_it_speaks_against_none_of_its_faces():
    faces = [read(ROAD), read("Қолдаймын. " + ROAD + " Бұл туралы жергілікті газет те жазды.")]

    assert fits(read("Сәлем! " + ROAD), faces) == 1
    assert fits(read(ROAD.replace("биыл", "2027 жылы")), faces) == 0
    assert fits(read("Қарсымын. " + ROAD), faces) == 0
    assert fits(read(TERM), faces) == 0


def test_text_becomes_a_face_when_it_says_it_otherwise_or_leans():
    faces = [read(ROAD)]

    assert is_face(read("Қолдаймын. " + ROAD), faces, 0.99)
    assert is_face(read(ROAD), faces, 0.5)
    assert not is_face(read(ROAD), faces, 0.99)
    assert not is_face(read(ROAD), faces * 6, 0.5)


def test_index_finds_adds_and_forgets():
    index: Index[str] = Index()
    index.add("road", ROAD)
    index.add("term", TERM)
    index.add("twenty", TERM.replace("30", "20"))

    assert index.near("Құрметті әкім! " + ROAD) == [("road", 1.0)]
    assert index.near(TERM) == [("term", 1.0)]
    assert (len(index), "road" in index) == (3, True)

    index.add("term", ROAD)
    index.remove("road")
    index.remove("twenty")
    index.remove("never there")

    assert index.near(TERM) == []
    assert index.near(ROAD) == [("term", 1.0)]
    assert index.near("🙂") == []


def test_signature_is_the_same_everywhere_and_shared_within_a_scope():
    mine = unpacked(signature(ROAD, "draft:1"))
    its = unpacked(signature("Сәлем! " + ROAD + " Көмектесіңіздерші.", "draft:1"))

    assert len(mine) == NARROW.bands
    assert set(mine) & set(its)
    assert not set(mine) & set(unpacked(signature(ROAD, "draft:2")))
    assert keys(read("жол"), Banding(1, 1)) == (KEY,)
    assert len(keys(read(ROAD))) == WIDE.bands
    with pytest.raises(ValueError, match="7 bytes are no whole number of keys"):
        unpacked(b"1234567")


KEY = -8329277026732883577


def test_method_is_told_in_three_languages():
    assert all(not missing(part.title) and not missing(part.text) for part in method())
