"""How sure the portal is of who a person is: a level, by what an identity provider has said.

Which words of a provider mean which level is data: levels.yaml and the setting OIDC_LEVELS.
"""

from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings

from aiqyn.catalogue import read
from aiqyn_portal.base.fields import Phrase

CLAIMS = ("acr", "loa")  # of the ID token, or of what the provider tells about the person


class Level(IntEnum):
    NONE = 0
    EMAIL = 1  # a confirmed address
    LOW = 2
    SUBSTANTIAL = 3
    HIGH = 4

    @property
    def title(self) -> Phrase:
        return Phrase(_rows()[self].title)


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    level: str
    title: dict[str, str]
    said: tuple[str, ...] = ()
    source: str = ""


@lru_cache(maxsize=1)
def _rows() -> dict[Level, _Row]:
    rows = read(Path(__file__).with_name("levels.yaml"), list[_Row])
    return {Level[row.level.upper()]: row for row in rows}


def level_said(told: Mapping[str, Any]) -> tuple[Level, str]:
    """Return the highest level in what a provider told, and its own word for it.

    `told` is what allauth keeps: {"id_token": {…}, "userinfo": {…}}. Words nobody knows are NONE.
    """
    meant = {word: level for level, row in _rows().items() for word in row.said}
    meant |= {word: Level[name.upper()] for word, name in settings.OIDC_LEVELS.items()}
    found = [(meant.get(word, Level.NONE), word) for word in _words(told)]
    return max(found, default=(Level.NONE, ""))


def _words(told: Mapping[str, Any]) -> list[str]:
    places = [told.get(name) or {} for name in ("id_token", "userinfo")]
    said = [place.get(claim) for place in places for claim in CLAIMS]
    return [word for word in said if isinstance(word, str)]
