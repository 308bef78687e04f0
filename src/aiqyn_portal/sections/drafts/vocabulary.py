"""Types, categories and channels: what stands in the section's YAML files."""

from functools import cache
from pathlib import Path

from aiqyn.acts import categories as acts_categories
from aiqyn.acts import types as acts_types
from aiqyn.catalogue import read
from aiqyn.chain import Noun
from aiqyn.text import Text

HERE = Path(__file__).parent


class Channel(Noun, frozen=True, kw_only=True):
    """A place to tell of a discussion."""

    title: Text
    limit: int  # characters of a post; 0: no post is offered
    host: str  # the links of its posts stand on it; "": any


@cache
def types() -> dict[str, Text]:
    """What kind of act a draft is of: code → title, in the order of a form."""
    return {each.code: each.title for each in acts_types.types().types}


@cache
def channels() -> dict[str, Channel]:
    """All channels by code, in the order of a form."""
    return read(HERE / "channels.yaml", dict[str, Channel])


@cache
def categories() -> dict[str, Text]:
    """What a draft is about: code → title, in the order of a form."""
    return {each.code: each.title for each in acts_categories.categories().categories}


def is_on(host: str, *names: str) -> bool:
    """Whether `host` is one of `names` or below it."""
    return any(host == name or host.endswith(f".{name}") for name in names)
