"""What a list can be narrowed by: values, and how many things each would leave."""

from dataclasses import dataclass

from aiqyn_portal.base.promises import StrOrPromise


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet."""

    code: str  # what stands in the address
    label: StrOrPromise  # what people read
    count: int
    is_more: bool = False  # whether there may be more than were counted


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list."""

    name: str  # of the parameter in the address
    title: StrOrPromise
    chosen: str  # code of an option; "" where nothing is chosen
    options: list[Option]
