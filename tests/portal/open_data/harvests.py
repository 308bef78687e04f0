"""Catalogues of others on loopback, harvested in the process of the test."""

from msgspec.structs import replace

from aiqyn_portal.sections.open_data import harvest_child, harvesting
from aiqyn_portal.sections.open_data.models import Harvest, Harvested
from tests.aiqyn.harvest.catalogues import loopback
from tests.portal.open_data.sets import AT


def harvest(at=AT) -> Harvest:
    """Take up what is due and ask in this process."""
    taken = harvesting.take_up(at)
    harvesting.carry_on(taken, asked_here)
    taken.refresh_from_db()
    return taken


def asked_here(asked):
    """What a process apart would tell."""
    return harvest_child.told(replace(asked, limits=loopback()))


def titles() -> list[str]:
    return sorted(str(each) for each in Harvested.objects.offered())
