"""What `aiqyn audit` is asked to do, and the checks that need no site."""

import math
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import Self

import click
from msgspec import Struct

from aiqyn.errors import InputError
from aiqyn.fetch.addresses import BadAddress, normalise
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.scope import part_named, part_of
from aiqyn.registry.shipped import shipped_registry
from aiqyn.rules import load
from aiqyn.scoring.methodology import methodology_ids
from aiqyn.subjects.site import About

REGULATION = "sites"


class Hours(Struct, frozen=True):
    """Hours of the day in which a site may be asked, by the clock of this computer."""

    begin: time
    end: time

    @classmethod
    def read(cls, text: str) -> Self:
        """Read "22:00-06:00"; raises InputError."""
        begin, _, end = text.partition("-")
        try:
            hours = cls(*(time.fromisoformat(each.strip()) for each in (begin, end)))
        except ValueError:
            raise InputError("--night", text, "not hours written as 22:00-06:00") from None
        if hours.begin == hours.end:
            raise InputError("--night", text, "begins when it ends")
        return hours

    def hold(self, now: time) -> bool:
        """Whether `now` lies inside; over midnight too."""
        if self.begin < self.end:
            return self.begin <= now < self.end
        return now >= self.begin or now < self.end


class Asked(Struct, frozen=True, kw_only=True):
    """The options, as they were given."""

    url: str | None
    sites: Path | None
    body: str
    evidence: Path | None
    resume: bool
    within: str | None
    kept: Path | None
    workers: str
    known: Path | None
    warc_in: Path | None
    warc_out: Path | None
    rendered: int | None
    since: Path | None
    recheck: str
    methodology: str
    as_of: str | None
    shape: str
    out: Path | None
    language: str
    night: str
    max_pages: int
    rate: float
    external: int
    allow_private: bool
    contact: str

    @property
    def limits(self) -> Limits:
        return Limits(
            contact=self.contact,
            max_pages=self.max_pages,
            per_host_per_second=self.rate,
            max_external_links=self.external,
            allow_private=self.allow_private,
        )

    def part(self, start: str) -> str:
        """The part of the host of `start` that is the site."""
        return part_of(start) if self.within is None else part_named(self.within, start)

    @property
    def day(self) -> date | None:
        return day_of(self.as_of)

    @property
    def hours(self) -> Hours | None:
        return Hours.read(self.night) if self.night else None


def finite(_: click.Context, __: click.Parameter, value: float) -> float:
    if not math.isfinite(value):
        raise click.BadParameter(f"{value} is not a number of requests; 0 means no limit")
    return value


def today() -> date:
    return datetime.now(UTC).date()


def day_of(value: str | None) -> date | None:
    """Read --on. Raises InputError for what is no day, or a day still to come."""
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise InputError("--on", value, "not a day written as YYYY-MM-DD") from None
    if day > today():
        raise InputError("--on", value, "this day is still to come")
    return day


def address_of(url: str) -> str:
    """Accept "akimat.gov.kz" as people write it; return the one spelling of it."""
    try:
        return normalise(url if "://" in url else f"https://{url}")
    except BadAddress:
        raise InputError("URL", url, "not the address of a site (http or https)") from None


def about_of(code: str) -> About:
    """Whose site it is; nobody's for "". Raises InputError for a code nobody knows."""
    if not code:
        return About()
    registry = shipped_registry()
    bodies = {body.code: body for body in registry.bodies}
    if code not in bodies:
        raise InputError("--body", code, f"there is no such body{near(code, bodies)}")
    body = bodies[code]
    former = tuple(name.name for name in registry.names if name.body == code)
    return About(code=code, kind=body.kind, names=body.name, former_names=former)


def site_of_body(code: str) -> str:
    """The address the registry gives; "" when it knows none."""
    sites = {body.code: body.site for body in shipped_registry().bodies}
    return sites.get(code, "")


def method_of(name: str) -> str:
    """The methodology's id, "" for none; raises InputError for one nobody knows."""
    if name == "none":
        return ""
    if name not in methodology_ids():
        problem = f"there is no such methodology{near(name, methodology_ids())}"
        raise InputError("--methodology", name, problem)
    return name


def rules_of(codes: str) -> list[str]:
    """Read "P014,s003"; raises InputError for a code nobody knows."""
    asked = [code.strip().upper() for code in codes.split(",") if code.strip()]
    for code in asked:
        if code not in load():
            raise InputError("--recheck", code, f"there is no such rule{near(code, load())}")
    if not asked:
        raise InputError("--recheck", codes, "names no rule")
    return asked


def near(word: str, known: Iterable[str]) -> str:
    """A hint at what was meant, or nothing where nothing is near."""
    found = get_close_matches(word, list(known), n=3, cutoff=0.5)
    return f"; did you mean {', '.join(found)}?" if found else ""
