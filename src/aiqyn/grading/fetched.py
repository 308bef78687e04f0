"""A file of data that lies at an address, brought here through the one door to the network."""

import asyncio
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from aiqyn.chain import FAILURES
from aiqyn.errors import FetchError, InputError
from aiqyn.fetch.addresses import BadAddress, normalise
from aiqyn.fetch.http import Answer, Client
from aiqyn.fetch.limits import Limits
from aiqyn.subjects.datafile.landing import Landing, landing_of
from aiqyn.subjects.datafile.sniff import sniff

MOST_BYTES = 256_000_000  # as much as a reader holds in memory
SECONDS = 300.0  # for the whole of a large file
LIMITS = Limits()
LONGEST = 120  # letters of a name
MOST_OF_PAGE = 20_000_000  # bytes of a page that is looked through for data
MOST_TOLD = 10  # files of a page that are named
_GIVEN = re.compile(r"""(?im)^content-disposition:.*?filename\*?=(?:utf-8'')?"?([^";\r\n]+)""")


class Fetched(Struct, frozen=True, kw_only=True):
    """One file as its server gave it."""

    path: Path
    name: str  # as the server calls it, or the last part of its address
    address: str  # after redirects
    licence: str = ""  # that a page about it declares


def fetch_data(address: str, folder: Path, limits: Limits = LIMITS) -> Fetched:
    """Fetch what lies at `address`; of a page about one file of data, that file.

    Raises FetchError as `fetch` does, and InputError with what to give instead where a page
    is about several files or a whole catalogue.
    """
    found = fetch(address, folder, limits)
    landing = _landing(found)
    if landing is None:
        return found
    found.path.unlink()
    if len(landing.files) != 1:
        raise InputError(address, "", _instead(landing))
    data = fetch(landing.files[0], folder, limits)
    if _landing(data) is not None:
        data.path.unlink()
        raise InputError(address, "", _instead(landing))
    return replace(data, licence=landing.licence)


def _landing(found: Fetched) -> Landing | None:
    if sniff(found.path, found.name) != "html" or found.path.stat().st_size > MOST_OF_PAGE:
        return None
    return landing_of(found.path.read_bytes(), found.address)


def _instead(landing: Landing) -> str:
    """Say what people may give in place of a page."""
    if not landing.files and landing.is_set:
        return "a page about a data set that names no file of it; ask its owner for an address"
    if not landing.files:
        return f"a page of a catalogue, not data; grade it whole by --catalogue {landing.catalogue}"
    more = " …" if len(landing.files) > MOST_TOLD else ""
    files = " ".join(landing.files[:MOST_TOLD])
    return f"a page about data, not the data itself; give the address of a file, {files}{more}"


def fetch(address: str, folder: Path, limits: Limits = LIMITS) -> Fetched:
    """Write what lies at `address` to a file in `folder`.

    Redirects, private addresses, sizes and bombs are held as everywhere. Raises FetchError
    when nothing usable is there.
    """
    wide = replace(limits, max_bytes=MOST_BYTES, timeout_s=SECONDS)
    answer = asyncio.run(_ask(address, wide))
    if answer.failure or not 200 <= answer.status < 300:
        cause = answer.failure or f"HTTP {answer.status}"
        known = answer.failure in FAILURES and answer.detail.partition(": ")[2]
        raise FetchError(address, cause, known or "")
    final = answer.final_url or answer.url
    path = folder / "fetched"
    path.write_bytes(answer.content)
    return Fetched(path=path, name=name_of(answer.headers, final), address=final)


async def _ask(address: str, limits: Limits) -> Answer:
    try:
        url = normalise(address)
    except BadAddress as problem:
        raise FetchError(address, "bad_address", str(problem)) from None
    async with Client(limits) as client:
        return await client.ask(url)


def name_of(headers: str, address: str) -> str:
    """Return what a server calls a file; a name only, whatever path it claims."""
    given = _GIVEN.search(headers)
    said = given[1] if given else urlsplit(address).path.rpartition("/")[2]
    name = re.split(r"[/\\]", unquote(said))[-1]
    plain = "".join(letter for letter in name if letter.isprintable()).strip(" .")
    return plain[-LONGEST:] or (urlsplit(address).hostname or "file")
