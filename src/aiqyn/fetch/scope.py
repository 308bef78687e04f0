"""What of a host is one site: all of it, or the part of a platform that many bodies share."""

from functools import cache

from msgspec import Struct

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.errors import InputError
from aiqyn.fetch.addresses import BadAddress, normalise, origin, site_of

WHOLE = ""  # the part that is all of a host
ANY_STEP = "*"
_NO_PATH = "not a path written as /akimats/abai"


class Platform(Noun, frozen=True, kw_only=True):
    """A host shared by the sites of many bodies."""

    host: str  # without "www."
    part: str  # path of one site: "/memleket/entities/*"
    source: str


class _File(Noun, frozen=True, kw_only=True):
    platforms: tuple[Platform, ...]


class Home(Struct, frozen=True):
    """Where a site begins, and what of its host it is."""

    url: str  # normalised
    part: str = WHOLE


class Scope(Struct, frozen=True):
    """One site: a host without "www.", and the path under which all its pages lie."""

    site: str = ""
    part: str = WHOLE  # without the last slash

    def holds(self, url: str) -> bool:
        """Whether the normalised `url` is an address of this site."""
        if site_of(url) != self.site:
            return False
        return not self.part or is_part(self.part, url)

    def is_beside(self, url: str) -> bool:
        """Whether it lies on the host of this site and is none of its addresses."""
        return bool(self.part) and site_of(url) == self.site and not is_part(self.part, url)

    def moved(self, home: str) -> "Scope":
        """The site at `home`, where the first page has sent us: a part of this host only here."""
        site = site_of(home)
        return Scope(site, self.part if site == self.site else part_of(home))


def is_part(part: str, url: str) -> bool:
    path = url[len(origin(url)) :]
    return path.startswith(part) and path[len(part) : len(part) + 1] in ("", "/", "?")


@cache
def platforms() -> dict[str, Platform]:
    """Return the platforms we know, by host."""
    file = read(ROOT / "fetch" / "platforms.yaml", _File)
    return {each.host: each for each in file.platforms}


def part_of(url: str) -> str:
    """The part of its host that is the site of the normalised `url`; WHOLE where none is known."""
    known = platforms().get(site_of(url))
    if known is None:
        return WHOLE
    wanted = known.part.split("/")
    steps = url[len(origin(url)) :].partition("?")[0].split("/")[: len(wanted)]
    is_one = len(steps) == len(wanted) and all(
        step if each == ANY_STEP else step == each
        for each, step in zip(wanted[1:], steps[1:], strict=True)
    )
    return "/".join(steps) if is_one else WHOLE


def place_of(url: str) -> str:
    """Host and part: two addresses of one site have the same, two bodies have not."""
    return site_of(url) + part_of(url)


def part_named(path: str, start: str) -> str:
    """Read the path a person names as the part of the site at `start`; "/" is the whole host.

    Raises InputError when it is no path, or does not hold `start`.
    """
    if not path.startswith("/") or "?" in path:
        raise InputError("--within", path, _NO_PATH)
    try:
        url = normalise(f"{origin(start)}{path}")
    except BadAddress:
        raise InputError("--within", path, _NO_PATH) from None
    part = url[len(origin(url)) :].rstrip("/")
    if not is_part(part, start):
        raise InputError("--within", path, f"does not hold {start}")
    return part
