"""Paper is laid out by Typst; here is what holds for every kind of it."""

import io
import sys

import pypdfium2
import pytest

from aiqyn.errors import InputError
from aiqyn.typesetting import BadPicture, printable, typeset

ALL_TEXT = '#set document(title: "x")\n#json("data.json").text'
PICTURE = '#set document(title: "x")\n#image("a.png", alt: "a")'


@pytest.fixture
def layout(tmp_path):
    def written(text):
        path = tmp_path / "layout.typ"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def text_of(content):
    with pypdfium2.PdfDocument(io.BytesIO(content)) as pdf:
        return pdf[0].get_textpage().get_text_bounded()


def test_letter_no_font_of_ours_has_is_spared():
    told = {"a": ["Әкімдік\n→ 漢", 1, None]}

    assert printable(told) == {"a": ["Әкімдік\n→ ?", 1, None]}


def test_text_is_printed_in_kazakh_letters(layout):
    content = typeset(layout(ALL_TEXT), {"text": "Әкімдік қаулысы 漢"})

    assert text_of(content).strip() == "Әкімдік қаулысы ?"


def test_what_no_document_may_have_is_spared(layout):
    content = typeset(layout(ALL_TEXT), {"text": "a\0b\ufeffc"})

    assert text_of(content).strip() == "a?b?c"


def test_picture_that_is_none_is_told(layout):
    with pytest.raises(BadPicture):
        typeset(layout(PICTURE), {}, {"a.png": b"no picture"})


def test_broken_layout_is_no_matter_of_pictures(layout):
    with pytest.raises(RuntimeError, match="unknown variable"):
        typeset(layout("#nothing"), {})


def test_without_typst_it_is_said_what_to_install(layout, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)

    with pytest.raises(InputError, match="needs Typst"):
        typeset(layout(ALL_TEXT), {"text": ""})
