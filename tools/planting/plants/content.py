"""Defects of mandatory content."""

from random import Random

from tools.planting.model import Site
from tools.planting.planting import Sown, plant

DEMANDED = (
    "about", "structure", "leaders", "subordinate", "legal_acts", "drafts", "services",
)  # fmt: skip


@plant("S004", group="sections")
def section_is_missing(site: Site, random: Random) -> Sown:
    site.remove(random.choice(DEMANDED))
    return None


@plant("S010")
def state_symbols_are_not_shown(site: Site, random: Random) -> Sown:
    site.flaws["no_symbols"] = True
    site.remove("symbols")
    return None
