"""No request leaves for a private address, whatever a page, a redirect or a name server says.

Names are checked where they are resolved and the checked addresses are the ones
connected to, so a name that answers differently the second time gains nothing.
"""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Public by their number, yet only ever somebody's own machines.
NEVER = tuple(
    ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's host agent
        "192.0.0.0/24",  # IETF protocol assignments; Oracle's metadata service
        "192.88.99.0/24",  # 6to4 relays, withdrawn (RFC 7526)
    )
)
NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
NUMERIC = re.compile(
    r"(?:0[xX][0-9a-fA-F]*|[0-9]+)\.?"
)  # of the last label: WHATWG "ends in a number"


class ForbiddenAddress(OSError):
    """Our guard does not let a request go to this address."""


class Guard:
    """Which addresses may be asked.

    `allow_private` opens everything; `allowed_networks` ("10.1.0.0/16") opens
    exceptions one by one. Raises ValueError for a network that is not one.
    """

    def __init__(
        self, *, allow_private: bool = False, allowed_networks: tuple[str, ...] = ()
    ) -> None:
        self.allow_private = allow_private
        self.allowed = tuple(ip_network(network) for network in allowed_networks)

    def permits(self, address: str) -> bool:
        """Whether the IP address in text may be connected to."""
        if self.allow_private:
            return True
        ip = ip_address(address.partition("%")[0])
        if any(ip in network for network in self.allowed):
            return True
        return _is_public(ip)

    def check_host(self, host: str) -> None:
        """Raise ForbiddenAddress for a host written as a number that may not be asked.

        Decimal, octal, hex and short forms ("2130706433", "0x7f.1") are refused
        outright: no honest link is written so.
        """
        if self.allow_private:
            return
        bare = host.strip("[]")
        if ":" in bare or _is_dotted_quad(bare):
            if not self.permits(bare):
                raise ForbiddenAddress(f"{host} is not a public address")
        elif NUMERIC.fullmatch(bare.rstrip(".").rpartition(".")[2]):
            raise ForbiddenAddress(f"{host} is a disguised address")

    def check_addresses(self, host: str, addresses: Iterable[str]) -> None:
        """Raise ForbiddenAddress for a name that has any address which may not be asked."""
        for address in addresses:
            if not self.permits(address):
                raise ForbiddenAddress(f"{host} is {address}, not a public address")


def _is_dotted_quad(host: str) -> bool:
    try:
        return str(IPv4Address(host)) == host
    except ValueError:
        return False


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    inside = _embedded(ip)
    if inside is not None:
        return _is_public(inside)
    if any(ip in network for network in NEVER):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _embedded(ip: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address an IPv6 address stands for: mapped, 6to4, Teredo or NAT64."""
    if isinstance(ip, IPv4Address):
        return None
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
