"""White space between words: pages are full of it, and none of it is meant."""

LONG = 400  # characters of a text whose lines are worth looking at: most hold single spaces alone
_ODD = "\t\x1f\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


def squeeze(text: str) -> str:
    """Put one space for any run of white space; none at the ends."""
    if text.isprintable() and "  " not in text:  # the only white space are single spaces
        return text.strip(" ")
    if len(text) < LONG or any(map(text.__contains__, _ODD)):
        return " ".join(text.split())
    lines = [_squeezed(line) for line in text.splitlines()]
    return " ".join(filter(None, lines))


def _squeezed(line: str) -> str:
    return " ".join(line.split()) if "  " in line else line.strip(" ")


def closing(text: str, most: int) -> str:
    """Return the last `most` characters of `squeeze(text)`, of a long text without all of it."""
    enough = most + most // 4
    if len(text) > enough:
        squeezed = squeeze(text[-enough:])
        if len(squeezed) > most:
            return squeezed[-most:]
    return squeeze(text)[-most:]


def opening(text: str, most: int) -> str:
    """Return the first `most` characters of `squeeze(text)`, of a long text without reading on."""
    enough = most + most // 4  # mostly; where it is not, all of it is squeezed
    if len(text) > enough:
        squeezed = squeeze(text[:enough])
        if len(squeezed) > most:
            return squeezed[:most]
    return squeeze(text)[:most]
