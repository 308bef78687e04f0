"""Contributions that say the very same, whatever they are about: found by a key of their words."""

from hashlib import blake2b

from aiqyn import likeness
from aiqyn_portal.contributions.grouping.models import Member

MOST = 4  # folds in which somebody says the same


def key_of_words(said: likeness.Reading) -> int:
    """Return the key that texts of the same words in the same order share.

    Unlike the keys of copies it does not hold what a contribution is about.
    """
    numbers = (number.value for number in said.numbers)
    words = "\n".join(["the same words", *said.weights, *numbers])
    digest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def numbers_of_same_words(text: str) -> list[str]:
    """Return the numbers of public contributions that say the same, the newest fold first.

    Of copies of one another the first is told that is still public.
    """
    said = likeness.read(text)
    if not said.weights:
        return []
    same = Member.objects.public().filter(words=key_of_words(said))
    found = same.order_by("-fold_id", "contribution_id").select_related("contribution")
    numbers: list[str] = []
    member = found.first()
    while member and len(numbers) < MOST:
        numbers.append(member.contribution.number)
        member = found.filter(fold__lt=member.fold_id).first()
    return numbers
