"""What due dates are about in words that are no title: of a question, how it begins.

A title is told in letters and calendars and stays for ever; these words are asked when a page is
shown, so what was taken away is not among them.
"""

from collections.abc import Callable, Mapping, Sequence

Subjects = Sequence[str]
Knows = Callable[[Subjects], Mapping[str, str]]  # of these subjects, what each says
_knows: list[Knows] = []


def asks(knows: Knows) -> None:
    """Be told what subjects of one kind say."""
    _knows.append(knows)


def words_of(subjects: Subjects) -> dict[str, str]:
    """By subject what it says; those that say nothing are not there."""
    return {subject: words for knows in _knows for subject, words in knows(subjects).items()}
