"""Whose machine an address names, as far as it shows by itself: no name is resolved."""

from functools import lru_cache
from urllib.parse import urlsplit

from aiqyn.fetch.addresses import BadAddress, host, normalise, site_of
from aiqyn.fetch.guard import ForbiddenAddress, Guard

INNER = (".corp", ".home.arpa", ".internal", ".intranet", ".lan", ".local", ".localhost")


def is_inner(address: str) -> bool:
    """Whether only an inner network can know the host; what is no address counts as one."""
    return _is_inner(host(address))


@lru_cache(maxsize=10_000)
def _is_inner(named: str) -> bool:
    try:
        name = (urlsplit(f"//{named}").hostname or "").rstrip(".")
        Guard().check_host(name)
    except (ValueError, ForbiddenAddress):
        return True
    return ":" not in name and ("." not in name or name.endswith(INNER))


def site_at(address: str) -> str:
    """The host of an address as people write it, without "www."; "" for what is no address."""
    try:
        return site_of(normalise(address))
    except BadAddress:
        return ""
