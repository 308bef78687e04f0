"""Names in the order of the Kazakh alphabet, in which the Russian one is contained."""

KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
PLACES = {letter: chr(0x10000 + place) for place, letter in enumerate(KAZAKH)}
TABLE = str.maketrans(PLACES)


def in_alphabet(name: str) -> str:
    """Sort key of `name`: code points alone would put Қ after Я and І before А."""
    return name.casefold().translate(TABLE)
