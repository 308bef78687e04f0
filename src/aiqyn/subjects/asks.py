"""What else a site has to be asked once its pages are read."""

from collections.abc import Sequence

from aiqyn.chain import Ask
from aiqyn.subjects.site import Site


def asks_of(site: Site) -> Sequence[Ask]:
    """Return the addresses to ask for, the same for the same site."""
    return ()
