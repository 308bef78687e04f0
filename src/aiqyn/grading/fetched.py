"""A file of data that lies at an address, brought here through the one door to the network."""

import asyncio
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from aiqyn.chain import FAILURES
from aiqyn.errors import FetchError
from aiqyn.fetch.addresses import BadAddress, normalise
from aiqyn.fetch.http import Answer, Client
from aiqyn.fetch.limits import Limits

MOST_BYTES = 256_000_000  # as much as a reader holds in memory
SECONDS = 300.0  # for the whole of a large file
LIMITS = Limits()
LONGEST = 120  # letters of a name
_GIVEN = re.compile(r"""(?im)^content-disposition:.*?filename\*?=(?:utf-8'')?"?([^";\r\n]+)""")


class Fetched(Struct, frozen=True, kw_only=True):
    """One file as its server gave it."""

    path: Path
    name: str  # as the server calls it, or the last part of its address
    address: str  # after redirects


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
