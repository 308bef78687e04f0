"""Crawl a site: breadth first, politely, resumable; the reader is called with what was fetched."""

from collections.abc import Callable
from pathlib import Path

from aiqyn.errors import FetchError, InputError
from aiqyn.fetch.addresses import BadAddress, normalise
from aiqyn.fetch.clock import SYSTEM, Clock
from aiqyn.fetch.journal import Opening
from aiqyn.fetch.keeping import is_readable
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest, load, sha256_of_manifest
from aiqyn.fetch.progress import Progress
from aiqyn.fetch.reading import Asking, Read, Reading
from aiqyn.fetch.scope import Home, part_of
from aiqyn.fetch.supervise import RESULT, Job, supervise

__all__ = [
    "Asking",
    "Limits",
    "Manifest",
    "Progress",
    "Read",
    "Reading",
    "crawl",
    "is_readable",
    "load",
    "result_of",
    "sha256_of_manifest",
]


def crawl(
    start: str | Home,
    *,
    folder: str,
    limits: Limits,
    read: Read | Asking | Reading,
    on_progress: Callable[[Progress], None] | None = None,
    clock: Clock = SYSTEM,
) -> Manifest:
    """Crawl the site at `start` into `folder`; return what was seen.

    `read(evidence, content)` gets every page and document that was there (see
    `is_readable`), in no particular order, and returns the raw links it saw. It is
    called once for each, also for what an earlier, interrupted call had fetched:
    the same call continues from `folder`, and after the end repeats the readings
    without the network. With `Asking` it may ask for more when everything is
    read, and what is asked for is only kept. A `Reading` instead of a function does all of it in a
    worker process (on the system's clock); its result is `result_of(folder)`.

    Where many bodies share the host, only a part of it is the site: that which a `Home` names,
    or else what we know of the host (see `scope`).

    Raises FetchError when `start` is no address or workers cannot go on,
    InputError when `folder` holds another crawl, and whatever `read` raises.
    """
    home = start if isinstance(start, Home) else _home(start)
    opening = Opening(start=home.url, part=home.part, limits=limits, started_at=clock.now())
    watch = on_progress or _silent
    if isinstance(read, Reading):
        return supervise(Job(opening=opening, folder=folder, reading=read), watch)
    # Who only waits for a worker needs no HTTP, which takes longest of all to load.
    from aiqyn.fetch.here import walked  # noqa: PLC0415

    return walked(Path(folder), opening, read, watch, clock)


def _home(start: str) -> Home:
    try:
        url = normalise(start)
    except BadAddress as error:
        raise FetchError(start, "bad_address", str(error)) from None
    return Home(url, part_of(url))


def result_of(folder: str) -> bytes:
    """What the worker's reader said at the end. Raises InputError when there is nothing."""
    path = Path(folder) / RESULT
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(path, "", "no worker finished a crawl here") from None


def _silent(_: Progress) -> None:
    """Nobody watches."""
