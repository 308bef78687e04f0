"""A passport out of a CKAN package: what is given is changed, what is not stays."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.dateparse import parse_date

from aiqyn.text import LANGUAGES, without_controls
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.sections.open_data.actions import Passport
from aiqyn_portal.sections.open_data.api.asking import Asked
from aiqyn_portal.sections.open_data.api.envelope import Invalid
from aiqyn_portal.sections.open_data.models import Dataset
from aiqyn_portal.sections.open_data.models.sets import FREQUENCIES
from aiqyn_portal.sections.open_data.vocabulary import categories, licences

LONGEST = 300  # characters of a title
LONGEST_TEXT = 20_000
NAME = re.compile(r"[a-z0-9_-]{2,100}")
EXTRAS = ("extras",)
WRITTEN_AS = {
    # what of a passport stands where in a package
    "title": ("title", "title_translated"),
    "description": ("notes", "notes_translated"),
    "keywords": ("tags",),
    "category": ("groups",),
    "licence": ("license_id",),
    "responsible": ("maintainer",),
    "email": ("maintainer_email",),
    "frequency": EXTRAS,
    "phone": EXTRAS,
    "since": EXTRAS,
    "until": EXTRAS,
}
DATES = {"temporal_start": "since", "temporal_end": "until"}


def empty(name: str) -> Passport:
    return Passport(name=name, title=Phrase(), category="", licence="", frequency="unknown")


def as_it_is(row: Dataset) -> Passport:
    return Passport(**{name: getattr(row, name) for name in Passport.__slots__})


def changed(asked: Asked, shown: Mapping[str, Any]) -> Asked:
    """What a package says otherwise than it was shown: the rest says nothing new."""
    given = asked.given.items()
    return Asked({key: said for key, said in given if key not in shown or said != shown[key]})


def whole(asked: Asked, row: Dataset, shown: Mapping[str, Any]) -> Passport:
    """The passport a whole package stands for: what it leaves out is emptied.

    What it says as it was shown stays, and so does what no package says: places, languages, words
    in the languages it was not shown in.
    """
    now = as_it_is(row)
    kept: dict[str, Any] = {name: getattr(now, name) for name in ("places", "languages")}
    for name, keys in WRITTEN_AS.items():
        is_same = asked.given.get("extras") == shown["extras"]
        if is_same if keys == EXTRAS else all(key in asked.given for key in keys):
            kept[name] = getattr(now, name)
    return passport_of(changed(asked, shown), replace(empty(row.name), **kept))


def passport_of(asked: Asked, passport: Passport) -> Passport:
    """The passport with all that a package says in place of what it said before."""
    given = asked.given
    said: dict[str, Any] = {}
    if "name" in given:
        said["name"] = _name(asked)
    for field, plain, most in (("title", "title", LONGEST), ("description", "notes", LONGEST_TEXT)):
        if plain in given or f"{plain}_translated" in given:
            said[field] = _phrase(asked, plain, getattr(passport, field), most)
    if "maintainer" in given:
        said["responsible"] = Phrase({**passport.responsible, "kk": asked.text("maintainer")})
    if "maintainer_email" in given:
        said["email"] = _email(asked)
    if "tags" in given:
        said["keywords"] = {**passport.keywords, "kk": _tags(asked)}
    said |= _codes(asked) | _extras(asked)
    return replace(passport, **{name: _clean(value) for name, value in said.items()})


def _clean(value: Any) -> Any:
    """The same words without control characters, and without those that were nothing else."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, list):
        return [words for words in map(_clean, value) if words]
    if isinstance(value, Mapping):
        kept = {code: words for code, said in value.items() if (words := _clean(said))}
        return Phrase(kept) if isinstance(value, Phrase) else kept
    return value


def _codes(asked: Asked) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if "license_id" in asked.given:
        said["licence"] = _code(asked.text("license_id"), "license_id", licences())
    if "groups" in asked.given:
        said["category"] = _category(asked)
    return said


def _name(asked: Asked) -> str:
    name = asked.needed("name")
    if not NAME.fullmatch(name):
        raise Invalid(name="Must be lower-case Latin letters, digits, - and _, 2 to 100 of them")
    return name


def _phrase(asked: Asked, plain: str, before: Phrase, most: int) -> Phrase:
    """`title` is Kazakh; `title_translated` says every language."""
    translated = asked.json(f"{plain}_translated")
    said = dict(before)
    if plain in asked.given:
        said["kk"] = asked.text(plain, most=most)
    if isinstance(translated, Mapping):
        said |= {code: str(translated[code])[:most] for code in LANGUAGES if code in translated}
    return Phrase({code: words for code, words in said.items() if words})


def _email(asked: Asked) -> str:
    address = asked.text("maintainer_email", most=254)
    try:
        if address:
            validate_email(address)
    except ValidationError:
        raise Invalid(maintainer_email="Not an e-mail address") from None
    return address


def _code(code: str, field: str, known: Mapping[str, Any]) -> str:
    if code and code not in known:
        raise Invalid(**{field: f"Not one of {', '.join(known)}"})
    return code


def _category(asked: Asked) -> str:
    groups = asked.json("groups")
    first = groups[0] if isinstance(groups, list) and groups else {}
    name = first.get("name", "") if isinstance(first, Mapping) else str(first)
    return _code(str(name), "groups", categories())


def _tags(asked: Asked) -> list[str]:
    tags = asked.json("tags")
    if not isinstance(tags, list):
        raise Invalid(tags="Not a list")
    words = (each.get("name", "") if isinstance(each, Mapping) else each for each in tags)
    return [str(word).replace("\0", "")[:100] for word in words if word][:50]


def _extras(asked: Asked) -> dict[str, Any]:
    """What CKAN has no field for: frequency, the period, the telephone."""
    extras = asked.json("extras")
    if extras is None:
        return {}
    if not isinstance(extras, list) or not all(isinstance(each, Mapping) for each in extras):
        raise Invalid(extras="Not a list of keys and values")
    said: dict[str, Any] = {}
    for each in extras:
        key, value = str(each.get("key", "")), str(each.get("value", "")).replace("\0", "")
        if key in DATES:
            said[DATES[key]] = _day(value, key)
        elif key == "frequency":
            said["frequency"] = _code(value, "frequency", dict(FREQUENCIES))
        elif key == "contact_phone":
            said["phone"] = value[:60]
    return said


def _day(value: str, key: str) -> date | None:
    try:
        day = parse_date(value) if value else None
    except ValueError:
        day = None
    if value and day is None:
        raise Invalid(**{key: f"Not a day: {value[:30]}"})
    return day
