"""White space is squeezed, of a long text only as far as it is read."""

import pytest

from aiqyn.subjects.spaces import closing, opening, squeeze


@pytest.mark.parametrize(
    "text",
    ["", " \n\t ", "a", " a \u00a0\n b ", "слово " * 300, "a" + " " * 5_000 + "b", "ә" * 900],
)
@pytest.mark.parametrize("most", [1, 10, 200])
def test_opening_and_closing_are_the_ends_of_the_squeezed_text(text, most):
    assert opening(text, most) == squeeze(text)[:most]
    assert closing(text, most) == squeeze(text)[-most:]


def test_squeeze_leaves_one_space_between_words():
    assert squeeze("  a \r\n\u2003b\tc ") == "a b c"


@pytest.mark.parametrize("odd", ["", "\t", "\u00a0", "\u2009", "\u2028", "\x1c", "\x1f", "\x85"])
def test_long_text_is_squeezed_line_by_line_as_word_by_word(odd):
    text = f"  әр  сөз {odd} бар \n\n" * 60 + f"соңы{odd}"

    assert squeeze(text) == " ".join(text.split())
