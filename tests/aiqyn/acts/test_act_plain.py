"""Plain text, and what every reader refuses or cuts."""

import zipfile
from io import BytesIO

import pytest

from aiqyn.acts import reading
from aiqyn.acts.model import Kind, Trouble, Unit
from aiqyn.acts.reading import lines, packages, read
from aiqyn.acts.reading.plain import read as lines_of
from aiqyn.acts.troubles import Unreadable
from aiqyn.subjects.datafile.limits import Limits
from tests.aiqyn.acts.docx_made import OPEN, docx, odt, p, zipped

WRAPPED = """О порядке рассмотрения обращений

1. Обращение физического лица рассматривается государственным
органом в течение пятнадцати рабочих дней со дня его поступления,
если иное не предусмотрено законами Республики Казахстан. Срок
может быть продлен руководителем на один месяц, о чем заявителю
сообщается в письменной форме не позднее трех рабочих дней.
2. Ответ на обращение дается на языке обращения и подписывается
руководителем органа либо лицом, исполняющим его обязанности,
с указанием порядка обжалования.
    Ответ направляется в форме электронного документа через портал
или по почте.
"""


def test_lines_broken_to_fit_a_width_are_put_together():
    found = lines_of(WRAPPED.encode()).lines

    assert [(line.where, line.text[:12], line.text[-11:]) for line in found] == [
        ("¶ 1", "О порядке ра", "я обращений"),
        ("¶ 3", "1. Обращение", "бочих дней."),
        ("¶ 8", "2. Ответ на ", "бжалования."),
        ("¶ 11", "Ответ направ", "и по почте."),
    ]


def test_short_lines_stay_apart():
    assert [line.text for line in lines_of("а\nб\n\nв".encode()).lines] == ["а", "б", "в"]


def test_names_on_lines_of_one_width_stay_apart():
    names = "\n".join(["Министерство юстиции", "Комитет статистики РК"] * 6)

    assert len(lines_of(names.encode()).lines) == 12


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_text_is_read_in_any_encoding_used_here(encoding):
    act = read("О сроках\n1. Срок – пять дней.".encode(encoding), "act.txt")

    assert (act.title, act.units) == (
        "О сроках",
        (Unit(kind=Kind.POINT, number="1", marker="1.", text="Срок – пять дней."),),
    )


def test_unseen_letters_are_dropped_and_composed():
    assert lines.clean("Бұй\u200bрық\u00ad  \u202eи\u0306\x07") == "Бұйрық й"


def test_endless_paragraph_is_cut_into_lines(monkeypatch):
    monkeypatch.setattr(lines, "LONGEST", 3)

    assert list(lines.pieces("абвгд")) == ["абв", "гд"]


def test_breaks_inside_a_paragraph_part_only_what_is_a_paragraph():
    text = "Министр\nюстиции\n1) раз;\nдва\nа) три:\nчетыре"

    assert list(lines.pieces(text)) == ["Министр юстиции", "1) раз;", "два", "а) три:", "четыре"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"<html><body></body></html>", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old_format"),
        (b"{\\rtf1 text}", "old_format"),
        (b"%PDF-1.7", "unknown_format"),
        (b"text\0\1\2", "unknown_format"),
        (b"PK\3\4rest", "broken_format"),
        (docx("<w:p>"), "broken_format"),
        (zipped(word__document_dot_xml='<!DOCTYPE a [<!ENTITY b "&c;">]><a>&b;</a>'), "hostile"),
        (zipped(content_dot_xml='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
         "hostile"),
        (docx("<w:a>" * 300 + "</w:a>" * 300), "hostile"),
    ],
)  # fmt: skip
def test_file_that_cannot_be_read_says_why(data, code):
    with pytest.raises(Unreadable) as caught:
        read(data, "act")

    assert caught.value.trouble.code == code


def test_package_that_unpacks_to_absurd_sizes_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "LIMITS", Limits(unpacked=100_000))

    with pytest.raises(Unreadable, match="something dangerous"):
        read(odt("<text:p>" + "а" * 200_000 + "</text:p>"), "bomb.odt")


def test_tree_of_too_many_elements_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "MOST_ELEMENTS", 10)

    with pytest.raises(Unreadable, match="The file is too large: too_large"):
        read(docx(p("а") * 10), "act.docx")


def test_file_over_the_limit_is_not_opened(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)

    with pytest.raises(Unreadable, match="The file is too large: 0 MB"):
        read(b"a" * 11, "act.txt")


def damaged(name, data=b"a" * 100):
    """Return a package whose member `name` does not match its checksum."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        package.writestr("word/document.xml" if name != "word/document.xml" else "a", b"<a/>")
        package.writestr(name, data)
    return out.getvalue().replace(data, b"b" + data[1:], 1)


@pytest.mark.parametrize("name", ["word/document.xml", "mimetype"])
def test_damaged_member_is_told(name):
    with pytest.raises(Unreadable, match="The file is damaged"):
        read(damaged(name), "act.docx")


def test_mimetype_of_absurd_length_is_not_read(monkeypatch):
    monkeypatch.setattr(packages, "LIMITS", Limits(trusted=10))
    data = zipped(
        mimetype="application/vnd.oasis.opendocument.text", content_dot_xml=f"<a {OPEN}/>"
    )

    assert packages.Package(data, "a").text("mimetype") == ""


def test_endless_act_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(reading, "MOST_LINES", 3)

    act = read("О сроках\n1. Один.\n2. Два.\n3. Три.".encode(), "act.txt")

    assert [unit.number for unit in act.units] == ["1", "2"]
    assert act.troubles == (Trouble(code="cut", where="¶ 4"),)


KK = "Мемлекеттік органдар азаматтардың өтініштерін заңда белгіленген мерзімде қарайды."
RU = "Государственные органы рассматривают обращения граждан в установленные законом сроки."


@pytest.mark.parametrize(
    ("text", "language", "expected", "codes"),
    [
        (KK, "", "kk", []),
        (RU, "", "ru", []),
        (KK, "kk", "kk", []),
        (KK, "ru", "ru", ["language_other"]),
        (f"{KK}\n{RU}", "", "kk", ["language_mixed"]),
        ("12345", "", "ru", ["language_unclear"]),
        ("12345", "kk", "kk", []),
        ("№ 12 Қ", "", "kk", ["language_unclear"]),
    ],
)
def test_language_is_told_by_the_words(text, language, expected, codes):
    act = read(f"1. {text}".encode(), "act.txt", language)

    assert act.language == expected
    assert [one.code for one in act.troubles if one.code.startswith("language")] == codes
