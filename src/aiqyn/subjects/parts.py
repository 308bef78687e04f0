"""Parts of whatever a site gives for an address: people also write "http://[x" and "//a]b"."""

from urllib.parse import SplitResult, urlsplit


def parts_of(address: str) -> SplitResult:
    """Return the parts of `address`; what no parser takes for one is all path, on no host."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", address, "", "")
