"""How one comes in: the certificate a site shows, and where http:// leads when it is https.

Each is tried once, when the site has answered, and no matter what comes of it: what does not
answer at a door nobody needs costs no second pass and says nothing of the site.
"""

from collections.abc import AsyncIterator, Callable, Mapping

from aiqyn.chain import Evidence
from aiqyn.fetch.addresses import host, origin
from aiqyn.fetch.frontier import UNREACHED, Item
from aiqyn.fetch.http import Answer, Client
from aiqyn.fetch.journal import key
from aiqyn.fetch.keeping import CERTIFICATE, UNSECURED

FRAGMENT = "#certificate"  # what the address of a certificate adds to that of its host


async def tried(
    client: Client, known: Mapping[str, Evidence], home: str, allows: Callable[[str], bool]
) -> AsyncIterator[tuple[Item, Answer]]:
    """Try what is not `known` of the site whose first page is asked for at `home`.

    What has no turn in time is left out, and a way that `allows` forbids.
    """
    seen = known.get(key("page", home))
    at = seen.final_url or home if seen and seen.status else ""
    if not at.startswith("https:"):
        return
    doors = [Item(url=f"{origin(at)}/{FRAGMENT}", role=CERTIFICATE, depth=UNREACHED)]
    plain = f"http://{host(at)}/"
    # A site asked over http has told, and to a port of its own nobody comes over http.
    if home.startswith("https:") and ":" not in host(at) and allows(plain):
        doors.append(Item(url=plain, role=UNSECURED, depth=UNREACHED))
    for door in doors:
        if key(door.role, door.url) not in known:
            answer = await asked(client, door)
            if answer.failure != "budget":
                yield door, answer


async def asked(client: Client, item: Item) -> Answer:
    """Ask for an address in the way its role needs."""
    if item.role == CERTIFICATE:
        return await client.certificate(item.url.removesuffix(FRAGMENT))
    return await client.ask(item.url)
