"""Where live streams of meetings may stand: links, and players shown in a page."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from aiqyn.catalogue import read

PLAYER = "https://www.youtube-nocookie.com"  # what a page that shows a stream may frame
_VIDEO = re.compile(r"[\w-]{6,20}", re.ASCII)


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


def player(link: str) -> str:
    """The address of a player to show in a page; "" where the site offers none we know."""
    if not is_stream(link):
        return ""
    parts = urlsplit(link)
    host, steps = parts.hostname or "", [step for step in parts.path.split("/") if step]
    video = ""
    if host == "youtu.be":
        video = steps[0] if steps else ""
    elif host.removeprefix("www.").removeprefix("m.") == "youtube.com":
        named = steps[1] if len(steps) == 2 and steps[0] in ("live", "embed") else ""
        video = parse_qs(parts.query).get("v", [named])[0]
    return f"{PLAYER}/embed/{video}" if _VIDEO.fullmatch(video) else ""
