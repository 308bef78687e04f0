"""What the readers of old office formats tell: the text of a file, and no more of it than we need.

Only what was written is read: no macros, no objects, no pictures.
"""

from msgspec import Struct

MOST_READ = 2_000_000  # characters
MOST_WORDS = 20_000  # characters kept of the beginning
END = 2_000  # and of the end
MOST_PIECES = 1_000_000  # control words or records of one file; more are there to tire a reader
FEWEST = 40  # letters that say a file has text though it was not read to its end


class OldText(Struct, frozen=True):
    """What one old document holds; `is_read` is false where nobody can tell."""

    is_read: bool = False
    is_locked: bool = False
    beginning: str = ""
    end: str = ""
    letters: int = 0
    has_pictures: bool = False


def old_text(
    words: str, *, figures: int = 0, has_pictures: bool = False, is_whole: bool = True
) -> OldText:
    """Return a text that was read; `figures` are cells that count though they say no word.

    Of a file left before its end where next to nothing was met, nobody can tell what it holds.
    """
    letters = sum(map(str.isalnum, words)) + figures
    if not is_whole and letters < FEWEST:
        return OldText()
    return OldText(
        is_read=True,
        beginning=words[:MOST_WORDS],
        end=words[-END:],
        letters=letters,
        has_pictures=has_pictures,
    )
