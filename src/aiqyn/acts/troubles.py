"""What can be doubtful or wrong in the text of an act, in words."""

from functools import cache

from msgspec import Struct

from aiqyn.acts.model import Trouble
from aiqyn.catalogue import ROOT, read
from aiqyn.errors import InputError
from aiqyn.text import Text, say


class Wording(Struct, frozen=True, forbid_unknown_fields=True):
    """How one trouble is told; `stops` says that nothing could be read."""

    title: Text
    repair: Text
    stops: bool = False


class Unreadable(InputError):
    """A file holds no text of an act that we can read; `trouble` says why."""

    def __init__(self, name: str, trouble: Trouble) -> None:
        wording = wordings()[trouble.code]
        told = f"{say(wording.title, 'en')}: {trouble.saw}" if trouble.saw else wording.title["en"]
        super().__init__(name, "", told)
        self.trouble = trouble


@cache
def wordings() -> dict[str, Wording]:
    """Return the words of every trouble by its code; raises CatalogueError for a bad file."""
    return read(ROOT / "acts" / "troubles.yaml", dict[str, Wording])
