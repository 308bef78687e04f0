"""Other people's catalogues read as data sets of ours, whatever protocol they speak.

    with tempfile.TemporaryDirectory() as folder:
        run = harvest("https://data.example.org", folder, limits=Limits())
        for each in run:                    # Dataset or Refused
            ...
        print(run.summary)                  # what the source says it has, what we saw

The folder keeps every page as it was received, and a diary from which a harvest that
was killed goes on.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from aiqyn.fetch.limits import Limits
from aiqyn.harvest.believing import believed
from aiqyn.harvest.detect import KINDS, detect, speaking
from aiqyn.harvest.journal import HarvestBusy, before_of, known_of
from aiqyn.harvest.model import Before, Order, Refused, Summary
from aiqyn.harvest.run import Harvest
from aiqyn.harvest.telling import blame, problems, quoted, reconciled

__all__ = [
    "KINDS",
    "Before",
    "Harvest",
    "HarvestBusy",
    "Refused",
    "Summary",
    "before_of",
    "believed",
    "blame",
    "detect",
    "harvest",
    "known_of",
    "problems",
    "quoted",
    "reconciled",
]

PAGE_BYTES = 100_000_000  # of one page; a data.json of a ministry is one page


def harvest(  # noqa: PLR0913  # the one call for everybody; each has its default
    address: str,
    folder: str,
    *,
    limits: Limits,
    kind: str = "",
    since: str = "",
    known: Mapping[str, str] | None = None,
    before: Before | None = None,
    key: str = "",
) -> Harvest:
    """Return the harvest of the catalogue at `address`; iterating over it does the work.

    `kind` is one of KINDS, or "" to find out; `since` an ISO 8601 moment, for what has
    changed from then on; `known` the sets of an earlier harvest (`known_of`), to learn
    which are gone; `before` what that harvest was refused (`before_of`), so that a name refused
    every time keeps nothing from being gone; `key` opens the catalogue's interface and is kept
    nowhere.

    Raises FetchError or InputError when no catalogue answers there; see `Harvest` for
    what iterating raises.
    """
    limits = replace(limits, max_bytes=max(limits.max_bytes, PAGE_BYTES))
    catalogue = speaking(kind, address) if kind else detect(address, limits, key=key)
    order = Order(
        address=address,
        folder=folder,
        limits=limits,
        since=since,
        known=known,
        before=before or Before(),
        key=key,
    )
    return Harvest(catalogue, order)
