"""Numbers as word processors print them: 3, III, в), 03."""

from collections.abc import Callable

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
MOST = 10_000  # a greater number is no number of a paragraph


def roman(number: int) -> str:
    """Return 4 as "IV"."""
    said = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        said += letters * times
    return said


def lettered(number: int, alphabet: str) -> str:
    """Return the letter of a number; after the last one letters are doubled, as Word does."""
    times, place = divmod(number - 1, len(alphabet))
    return alphabet[place] * (times + 1)


def _spaced(alphabet: str) -> Callable[[int], str]:
    return lambda number: lettered(number, alphabet)


# By the names of WordprocessingML.
WRITTEN: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "russianLower": _spaced(_RUSSIAN),
    "russianUpper": _spaced(_RUSSIAN.upper()),
    "lowerLetter": _spaced(_LATIN),
    "upperLetter": _spaced(_LATIN.upper()),
    "none": lambda number: "",
}


def written(number: int, form: str) -> str:
    """Return the number in a form of WRITTEN, or as figures in a form nobody knows."""
    if not 0 < number <= MOST:
        return str(number)
    return WRITTEN.get(form, str)(number)
