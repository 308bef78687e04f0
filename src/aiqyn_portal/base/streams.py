"""Where live streams of meetings may stand: links, and players shown in a page."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from aiqyn.catalogue import read


@cache
def hosts() -> tuple[str, ...]:
    """Hosts of the list; a name covers what is below it."""
    return read(Path(__file__).parent / "streams.yaml", tuple[str, ...])


def is_stream(link: str) -> bool:
    """Whether a link is one of HTTPS to a host of the list, without a name or port of its own."""
    try:
        parts = urlsplit(link)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:  # a port that is no number, half a bracket
        return False
    if parts.scheme != "https" or port or parts.username or parts.password:
        return False
    return any(host == name or host.endswith(f".{name}") for name in hosts())
