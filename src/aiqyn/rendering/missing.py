"""What drawing pages needs and this machine may not have."""

from importlib.util import find_spec

from aiqyn.errors import AiqynError

PACKAGES = ("playwright", "axe_playwright_python")


class BrowserMissing(AiqynError):
    """There is no Chromium on this machine, it does not start, or what drives it is missing."""


def check_packages() -> None:
    """Raise BrowserMissing when the optional extra was not installed."""
    if any(find_spec(name) is None for name in PACKAGES):
        raise BrowserMissing("the browser is an extra: pip install 'aiqyn[rendered]'")
