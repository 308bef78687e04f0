"""Contributions whose first line is their title."""

from typing import ClassVar

from aiqyn_portal.contributions.models import Contribution


class Titled:
    """A section's own row of a contribution that has a title and a text."""

    contribution: Contribution
    longest_title: ClassVar[int]  # characters

    @property
    def title(self) -> str:
        """The first line of what was written; "" once it is no longer shown."""
        return self._parts()[0]

    @property
    def text(self) -> str:
        """What follows the title."""
        return self._parts()[1]

    def _parts(self) -> tuple[str, str]:
        if not self.contribution.is_public:
            return "", ""
        title, _, rest = self.contribution.text.partition("\n")
        is_whole = len(title) <= self.longest_title
        named = shortened(title, self.longest_title)
        return named, rest.strip() if is_whole else self.contribution.text


def shortened(text: str, longest: int) -> str:
    """The first line as a title."""
    title = text.partition("\n")[0]
    if len(title) <= longest:
        return title
    return title[:longest].rsplit(" ", 1)[0] + "…"
