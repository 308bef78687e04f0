"""The text of an RTF file is what a reader sees; hostile bytes end in an answer."""

import encodings
import random

import pytest

from aiqyn.subjects import rtf
from aiqyn.subjects.document import Document
from aiqyn.subjects.old_text import OldText
from aiqyn.subjects.rtf import read
from tests.aiqyn.worked import evidence_of

FONTS = (
    r"{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fcharset204 Times;}{\f2\cpg866 Old;}{\f3\cpg7 ?;}}"
)
HEAD = r"{\rtf1\ansi\ansicpg1251\deff0" + FONTS + r"{\colortbl;\red0;}{\*\generator Word;}"
KAZAKH = "Аудан әкімдігі тұрғындарға жергілікті бюджеттің қалай жасалатынын түсіндіреді. "


def unicode_of(text):
    return "".join(f"\\u{ord(letter)}?" for letter in text)


def document(content):
    return Document(content, evidence_of("http://s/a.rtf", content, role="document"))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"Budget\par of\tab one\line\'a7 5", "Budget\nof one\n§ 5"),
        (r"\f1\'c1\'fe\'e4\f0\'e9", "Бюдé"),
        (r"{\f1\'c1}\'e9{\f2\'81\plain\'c1}", "БйББ"),  # without a font: as the document
        (r"\f3\'c1\f9\'c1", "ББ"),
        (r"\u1178?\uc0\u1178\uc2\u1178\'3f\'3fA", "ҚҚҚA"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"\u1178 ?\par ?", "Қ\n?"),
        ("{\\uc1\\u1178}?", "Қ?"),
        (r"a\~b\_c\-d\\e\{f\}", "a b-cd\\e{f}"),
        ("a\r\nb\\\nc", "ab\nc"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}", "link"),
        (r"{\header up}{\info{\title t}}seen{\*\bkmkstart b}", "seen"),
        (r"a{\bin5 }}}}}b}c", "abc"),
        (r"\bin-5 a", "a"),
        (r"\ldblquote a\rdblquote\emdash b", "“a”—b"),
        (r"\ansicpg99999999 \'c1", "Б"),
        (r"\ansicpg65001 \'d0\'91", "Б"),
        ("a}}}}b", "ab"),
        ("\\uc99999 \\u65?" + "?" * 30, "A" + "?" * 21),
    ],
)
def test_reader_sees_what_is_shown(body, text):
    found = read((HEAD + body + "}").encode())

    assert (found.is_read, found.beginning) == (True, text)


RUSSIAN = r"{\fonttbl{\f0\fcharset204 Times;}{\f1\fcharset0 Times;}{\f2\fcharset2 Signs;}}"


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (r"\ansi\deff0", r"\'c1\pard\plain\'c1{\f1\'e9}{\f2\'c1}\f9\'c1", "ББéББ"),
        (r"\ansi\ansicpg1252\deff0", r"\plain\'c1", "Б"),
        (r"\ansi\ansicpg1251\deff1", r"\plain\'c1", "Б"),  # a Western font tells no more
        (r"\ansi\deff2", r"\'e9", "é"),
        (r"\ansi\deff9", r"\'e9", "é"),
        (r"\mac\deff9", r"\'80\'e0", "Аа"),
        (r"\mac\ansicpg10000\deff9", r"\'80", "Ä"),
    ],
)
def test_letters_that_name_no_font_are_of_the_default_one(head, body, text):
    assert read(f"{{\\rtf1{head}{RUSSIAN}{body}}}".encode()).beginning == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"a{\shp{\*\shpinst\shpx1{\sp{\sn x}{\sv 1}}{\shptxt b\par c}}{\shprslt d}}e", "a\nb\nce"),
        (
            r"a{\shp{\*\shpinst{\shptxt b{\*\bkmk x}{\pict 00}{\shp{\*\shpinst{\shptxt c}}}}}}",
            "a\nb\nc",
        ),
        (r"a{\*\do\dptxbx{\dptxbxtext b}}", "a\nb"),
        (r"a{\object\objemb{\*\objclass X}{\*\objdata 00}{\result b}}", "a\nb"),
        (r"a{\header{\shp{\*\shpinst{\shptxt b}}}}{\*\x{\*\y{\shptxt z}}}", "a"),
        (r"a{\shprslt{\*\do{\dptxbxtext b}}}", "a"),
        (r"a\result b", "ab"),
    ],
)
def test_words_of_text_boxes_and_objects_are_read_once(body, text):
    long = KAZAKH.strip()
    found = read((HEAD + unicode_of(long) + r"\par " + body + "}").encode())

    assert found.beginning == f"{long}\n{text}"


def test_first_font_of_a_document_is_that_of_the_document():
    assert read(rb"{\rtf1\ansi \'93a\'94}").beginning == "“a”"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (unicode_of(KAZAKH), "text"),
        (r"{\*\shppict{\pict\pngblip 89504e47}}", "scan"),
        (r"{\pict 00}" + unicode_of(KAZAKH), "text"),
        ("", "empty"),
        (r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}}}", "empty"),
        (r"{\object\objemb{\*\objdata 00}{\result{\pict 00}}}", "unknown"),
        (r"{\object{\result " + unicode_of(KAZAKH) + "}}", "text"),
        (r"{\shp{\*\shpinst{\shptxt " + unicode_of(KAZAKH) + "}}}", "text"),
        ("{" * (rtf.MOST_DEEP + 1), "unknown"),
    ],
)
def test_kind_of_a_document(body, kind):
    assert document((HEAD + body + "}").encode()).kind == kind


def test_rules_see_the_language_of_a_document():
    seen = document((HEAD + unicode_of(KAZAKH * 5) + "}").encode())

    assert (seen.shape, seen.language, seen.unread) == ("rtf", "kk", "")
    assert seen.end == seen.beginning == (KAZAKH * 5).strip()


def test_no_more_is_read_than_so_much(monkeypatch):
    monkeypatch.setattr(rtf, "MOST_READ", 100)
    monkeypatch.setattr(rtf, "MOST_BYTES", 1_000)

    assert len(read(b"{\\rtf1 " + b"a\\par " * 900).beginning) <= 100
    assert len(read(b"{\\rtf1 " + b"{\\info a}b" * 900).beginning) <= 100


@pytest.mark.parametrize(
    ("content", "is_read"),
    [
        (b"{\\rtf1 " + b"\\f" * 90, False),
        (b"{\\rtf1 few" + b"{}" * 90, False),
        (b"{\\rtf1 " + b"enough" * 9 + b"{}" * 90, True),
        (b"{\\rtf1 " + b"\\'c1" * 90, True),  # a row of letters is one piece
        (b"{\\rtf1 few {\\pict " + b"00\r\n" * 90 + b"}", True),  # and so is a picture
    ],
)
def test_file_of_commands_without_end_is_left_and_nothing_is_said_of_it(
    monkeypatch, content, is_read
):
    monkeypatch.setattr(rtf, "MOST_PIECES", 20)

    assert read(content).is_read is is_read


def test_code_pages_nobody_knows_are_not_looked_for():
    numbers = range(777_000, 777_500)
    found = read(b"{\\rtf1 " + b"".join(b"\\ansicpg%d" % each for each in numbers) + b" a}")

    looked_for = [name for name in encodings._cache if name.startswith("cp777")]
    assert (found.beginning, looked_for) == ("a", [])


@pytest.mark.parametrize("name", sorted({*rtf._CODE_PAGES.values(), *rtf._OF_CHARSET.values()}))
def test_every_code_page_has_a_reader(name):
    assert b"a".decode(name) == "a"


@pytest.mark.parametrize(
    "piece", ["\\", "{", "\\'", "\\u", "a", "\\par", "\\bin", "\r", "{\\f1", "\\*"]
)
def test_work_grows_with_the_length_and_no_faster(piece):
    content = b"{\\rtf1 " + piece.encode() * (300_000 // len(piece))

    assert isinstance(read(content), OldText)


def test_every_cut_and_every_changed_byte_ends_in_an_answer():
    content = (HEAD + unicode_of("Қала ") + r"\f1\'c1{\b Budget}\par{\pict 00}}").encode()
    draws = random.Random(7)

    for at in range(len(content)):
        changed = bytearray(content)
        changed[at] = draws.choice(b"\\{}'*u0\x00\xff")
        assert isinstance(read(content[:at]), OldText)
        assert isinstance(read(bytes(changed)), OldText)
