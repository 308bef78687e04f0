"""The text of an old DOC is read by its pieces; of what is damaged or hostile nothing is said."""

import random
import struct

import pytest

from aiqyn.subjects import compound
from aiqyn.subjects.acts import Act, act_in
from aiqyn.subjects.compound import Compound, Damaged
from aiqyn.subjects.document import Document
from aiqyn.subjects.old_text import END, MOST_WORDS, OldText
from aiqyn.subjects.old_word import read
from tests.aiqyn.subjects.old_words import container, word
from tests.aiqyn.worked import evidence_of

KAZAKH = "Аудан әкімдігі тұрғындарға жергілікті бюджеттің қалай жасалатынын түсіндіреді. "
ORDER = "ҚАУЛЫ\r2026 жылғы 5 қараша, № 12-3\r" + KAZAKH * 9 + "\rАудан әкімі\tА. Ахметов\r"


def document(content):
    return Document(content, evidence_of("http://s/a.doc", content, role="document"))


@pytest.mark.parametrize("far", [False, True])
@pytest.mark.parametrize("text", [KAZAKH, KAZAKH * 40, KAZAKH * 900])
def test_text_is_read_from_small_and_large_containers(text, far):
    found = read(word(text, far=far))

    assert (found.is_read, found.beginning) == (True, text.strip()[:MOST_WORDS])
    assert found.end == text.strip()[-END:]
    assert found.letters == sum(map(str.isalnum, text))


def test_pieces_of_both_widths_follow_each_other_in_the_order_of_the_text():
    found = read(word("Қала ", b"Budget \x93one\x94 ", "2026", flags=0, settings=b"\x01\x02\0ab"))

    assert found.beginning == "Қала Budget “one” 2026"


def test_reader_sees_no_instructions_and_no_marks():
    text = "Бір\x07екі\x07\x07үш\x0bтөрт\x1eбес\x1f"
    link = "\x13 HYPERLINK a \x14сілтеме\x15\x13 PAGE \x15\x02\r"

    assert read(word(text + link)).beginning == "Бір\nекі\n\nүш\nтөрт-бессілтеме"


def test_fields_in_fields_show_what_the_outer_one_shows():
    assert read(word("\x13 IF \x13 PAGE \x141\x15 \x14бет\x15")).beginning == "бет"
    assert read(word("\x13\x14" * 9 + "бет" + "\x15" * 9)).beginning.endswith("бет")


def test_only_the_text_itself_is_read_not_what_follows_it():
    assert read(word("Мәтін", "Колонтитул", letters=5)).beginning == "Мәтін"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (word(KAZAKH), "text"),
        (word("№ 12"), "text"),
        (word("\x01\r\x08"), "scan"),
        (word("№ 12\x01"), "scan"),
        (word("\r\r"), "empty"),
        (word(KAZAKH, flags=0x0300), "locked"),
        (word(KAZAKH, version=104), "unknown"),
        (container({"Workbook": b"1" * 99}), "unknown"),
        (container({}), "unknown"),
    ],
)
def test_kind_of_an_old_document(content, kind):
    assert document(content).kind == kind


def test_rules_see_language_and_requisites_of_an_old_document():
    found = document(word(ORDER))

    assert (found.shape, found.unread, found.language) == ("doc", "", "kk")
    assert found.end.endswith("А. Ахметов")
    assert act_in(found.beginning, found.end) == Act(
        title="ҚАУЛЫ", has_date=True, has_number=True, has_signer=True
    )


def changed(content, at, number):
    copy = bytearray(content)
    struct.pack_into("<I", copy, at, number)
    return bytes(copy)


def pieces_of(content):
    return content.index(struct.pack("<BI", 2, 16))


WHOLE = word(KAZAKH * 60)
LONGER = word(KAZAKH * 60, letters=900_000)
HOSTILE = {
    "nothing": b"",
    "only its beginning": WHOLE[:700],
    "sectors of another size": changed(WHOLE, 30, 0x00060020),
    "directory in a circle": changed(WHOLE, 48, 0xFFFFFFF0),
    "directory outside": changed(WHOLE, 48, 100_000),
    "too many tables": WHOLE[:76] + b"\0\0\0\0" * 109 + WHOLE[512:1536],
    "tables in a circle": changed(changed(WHOLE, 68, 0), 76, 0),
    "further tables cut off": changed(WHOLE + b"xy", 68, len(WHOLE) // 512 - 1),
    "text that is shorter than told": changed(LONGER, pieces_of(LONGER) + 9, 900_000),
    "pieces that go back": changed(WHOLE, pieces_of(WHOLE) + 5, 900_000),
    "more pieces than bytes": changed(WHOLE, pieces_of(WHOLE) + 1, 0x7FFFFFFF),
    "few million pieces": changed(WHOLE, pieces_of(WHOLE) + 1, 4_000_000),
    "no pieces": changed(WHOLE, pieces_of(WHOLE) + 1, 4),
    "other things for pieces": changed(WHOLE, pieces_of(WHOLE), 9),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_damaged_document_is_not_read(name):
    assert read(HOSTILE[name]) == OldText()


def test_text_outside_of_the_file_is_none():
    start = changed(WHOLE, pieces_of(WHOLE) + 15, 0x00FFFFFF)

    assert read(changed(start, 0x4C + 512, 5)) == OldText()


def test_every_cut_and_every_changed_byte_ends_in_an_answer():
    small = word("Қала ", b"one")

    for at in range(0, len(small), 7):
        assert isinstance(read(small[:at]), OldText)
        assert isinstance(read(small[:at] + b"\xff\xff\xff\x7f" + small[at + 4 :]), OldText)
        assert isinstance(read(small[:at] + b"\0\0\0\0" + small[at + 4 :]), OldText)


def test_wrong_numbers_anywhere_end_in_an_answer():
    chance = random.Random(1997)
    wholes = [word("Қала " * 9, b"one", far=far) for far in (False, True)]

    for number in range(600):
        content = bytearray(wholes[number % 2])
        for _ in range(chance.choice((1, 2, 4))):
            places = (range(24, 90), range(512, len(content) - 4))
            wrong = chance.choice((chance.randrange(12), chance.randrange(1 << 32)))
            struct.pack_into("<I", content, chance.choice(chance.choice(places)), wrong)
        cut = len(content) - chance.choice((0, 0, 1, 509, 510, 511, 700))
        assert isinstance(read(bytes(content[:cut])), OldText)


def test_chain_in_a_circle_ends():
    content = word(KAZAKH * 60)
    made = Compound(content)
    table = content.index(struct.pack("<III", 1, 2, 3))

    with pytest.raises(Damaged):
        Compound(changed(content, table + 8, 0)).stream("WordDocument")
    assert made.stream("nothing of this name") == b""


def test_directory_without_end_is_read_up_to_a_bound(monkeypatch):
    monkeypatch.setattr(compound, "MOST_ENTRIES", 2)

    assert Compound(word("Мәтін")).stream("1Table") == b""


def word_6(text, *, code_page="cp1251", flags=0, version=0x68, letters=None):
    content = text.encode(code_page)
    main = bytearray(1024)
    struct.pack_into("<HH", main, 0, 0xA5DC, version)
    struct.pack_into("<H", main, 10, flags)
    struct.pack_into("<I", main, 0x18, len(main))
    struct.pack_into("<I", main, 0x34, len(content) if letters is None else letters)
    return container({"WordDocument": bytes(main) + content + b"after the text"})


@pytest.mark.parametrize(
    ("text", "code_page"),
    [("Бюджет района на год\r№ 12", "cp1251"), ("Budget – “one”", "cp1252"), ("Budget", "ascii")],
)
def test_text_of_word_6_and_95_is_read_in_its_code_page(text, code_page):
    found = read(word_6(text, code_page=code_page))

    assert (found.is_read, found.beginning) == (True, text.replace("\r", "\n"))


@pytest.mark.parametrize(
    ("content", "is_locked"),
    [
        (word_6("Мәтін".replace("ә", "а"), flags=0x0100), True),
        (word_6("Бюджет", flags=0x0004), False),
        (word_6("Бюджет", version=0xC0), False),
        (word_6("Бюджет", letters=9_999), False),
    ],
)
def test_word_6_that_is_locked_in_pieces_or_damaged_is_not_read(content, is_locked):
    found = read(content)

    assert (found.is_read, found.is_locked) == (False, is_locked)
