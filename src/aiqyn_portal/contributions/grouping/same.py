"""Contributions that say the very same, whatever they are about: found by a key of their words."""

from hashlib import blake2b

from aiqyn import likeness
from aiqyn_portal.contributions.grouping.models import Member

MOST = 4  # found of those that say the same


def key_of_words(said: likeness.Reading) -> int:
    """Return the key that texts of the same words in the same order share.

    It is kept beside the keys of copies, which hold what a contribution is about.
    """
    numbers = (number.value for number in said.numbers)
    words = "\n".join(["the same words", *said.weights, *numbers])
    digest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def numbers_of_same_words(text: str) -> list[str]:
    """Return the numbers of public contributions that say the same, the newest first."""
    said = likeness.read(text)
    if not said.weights:
        return []
    found = Member.objects.public().filter(keys__number=key_of_words(said))
    numbers = found.order_by("-contribution").values_list("contribution__number", flat=True)
    return list(numbers[:MOST])
