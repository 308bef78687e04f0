"""Names of sets: Latin letters and digits, read off a Kazakh, Russian or English title."""

import re

PAIRS = (
    "аa әa бb вv гg ғg дd еe ёe жzh зz иi йi кk қq лl мm нn ңn оo өo пp рr сs тt уu ұu үu фf хh "
    "һh цts чch шsh щshch ыy іi эe юiu яia"
)
LETTERS = str.maketrans({pair[0]: pair[1:] for pair in PAIRS.split()})
LONGEST = 80


def slug(said: str) -> str:
    """The words as part of an address; "" where no letter of them is known."""
    plain = re.sub(r"[^a-z0-9]+", "-", said.casefold().translate(LETTERS)).strip("-")
    return plain[:LONGEST].strip("-")
