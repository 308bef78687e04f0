"""White space between words: pages are full of it, and none of it is meant."""


def squeeze(text: str) -> str:
    """Put one space for any run of white space; none at the ends."""
    return " ".join(text.split())


def opening(text: str, most: int) -> str:
    """Return the first `most` characters of `squeeze(text)`, of a long text without reading on."""
    enough = most + most // 4  # mostly; where it is not, all of it is squeezed
    if len(text) > enough:
        squeezed = squeeze(text[:enough])
        if len(squeezed) > most:
            return squeezed[:most]
    return squeeze(text)[:most]
