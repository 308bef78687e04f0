"""A data set on a given day, and what rules ask of it again and again."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from aiqyn.subjects.dataset import Dataset, Distribution, Said
from aiqyn.subjects.language import language_of_name
from aiqyn.subjects.licences import Licence, read_licence

KEPT_OUT = frozenset({"blocked", "401", "403", "407"})
UNDECIDED = frozenset({"", "network", "too_large", "robots", "forbidden_address", "budget"})


class Passport(Struct, frozen=True):
    """A data set as it is judged on one day."""

    dataset: Dataset
    as_of: date

    @property
    def distributions(self) -> tuple[Distribution, ...]:
        return self.dataset.distributions

    def licences(self) -> list[Licence]:
        """What is known of the licence: the set's own, or those of all its distributions."""
        if self.dataset.licence:
            return [read_licence(self.dataset.licence)]
        declared = [each.licence for each in self.distributions]
        return [read_licence(each) for each in dict.fromkeys(declared)] if all(declared) else []

    def numbered(
        self, claim: Callable[[Distribution], object]
    ) -> Iterator[tuple[str, Distribution]]:
        """Yield the distributions of which the claim is false, with their places."""
        for number, each in enumerate(self.distributions, 1):
            if not claim(each):
                yield f"distribution {number}", each


def spoken(said: Said) -> dict[str, str]:
    """Return the texts by language; words of no language by the one they are written in.

    What is too short to tell stays under "".
    """
    found = {language: words for language, words in said.items() if language}
    bare = said.get("", "")
    if bare:
        found.setdefault(language_of_name(bare) or "", bare)
    return found


def day_of(moment: str) -> date | None:
    """Return the day of an ISO 8601 moment, of a year or a month its last; else None."""
    try:
        if len(moment) == len("2025"):
            return date(int(moment), 12, 31)
        if len(moment) == len("2025-03"):
            following = date.fromisoformat(f"{moment}-28") + timedelta(days=4)
            return following - timedelta(days=following.day)
        return datetime.fromisoformat(moment).date()
    except ValueError:
        return None


def access_status(each: Distribution) -> str:
    """How the address of access answered; "" when it was not asked."""
    if each.access_status:
        return each.access_status
    return each.status if each.access == each.download or not each.download else ""


def answers(status: str) -> bool:
    return status.isdigit() and 200 <= int(status) < 400
