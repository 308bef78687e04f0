"""How what was fetched is read: by a function, by one that asks for more, in a worker process."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from aiqyn.chain import Ask, Evidence

if TYPE_CHECKING:  # who only waits for a worker needs neither
    from aiqyn.fetch.aside import Aside
    from aiqyn.fetch.manifest import Manifest

Read = Callable[[Evidence, bytes], Sequence[str]]


class Asking(Struct, frozen=True):
    """A reader that may ask for more when all is read."""

    read: Read
    asks: "Callable[[Manifest], Sequence[Ask]]" = lambda _: ()  # of what was seen so far
    aside: "Aside | None" = None  # another one beside it
    absorb: Callable[[Any], None] | None = None  # takes over what the other one knows
    found: Callable[[], int] = lambda: 0  # rules broken so far
    get_ready: Callable[[], None] = lambda: None  # for the end, while the other one sums up


class Reading(Struct, frozen=True):
    """How a worker makes its reader: `factory` is "module:callable", called with `args`.

    What it returns has `read(evidence, content) -> raw links` and may have
    `asks(manifest) -> asks`, `get_ready()` and `result(manifest) -> bytes`. Where it has
    `partial()` and `absorb(partial)` too, several may share a crawl. `args` are plain
    values, as JSON knows them.
    """

    factory: str
    args: tuple[Any, ...] = ()

    def made(self) -> Any:
        """Make the reader."""
        module, _, name = self.factory.partition(":")
        return getattr(import_module(module), name)(*self.args)
