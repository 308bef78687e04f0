"""Under which licence data are given: read from a code, an address or words, never guessed."""

import re
from collections.abc import Iterator
from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun

MOST = 4_000  # characters of what was declared; terms do not begin later


class Known(Noun, frozen=True, kw_only=True):
    """A licence and the ways people write it."""

    title: str
    is_open: bool | None = None  # by the Open Definition; None: the words do not decide it
    source: str = ""  # of `is_open`, where it is not that of licences.yaml
    codes: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Licence(Noun, frozen=True, kw_only=True):
    """What is known of a declared licence."""

    said: str = ""  # as declared
    code: str = ""  # SPDX's where there is one: "CC-BY-4.0"; "" when not recognised
    title: str = ""
    is_open: bool | None = None  # None: cannot be told
    # why it cannot be told: "none" nothing is said, "unknown" words nobody knows, "unnamed"
    # open and not said which, "law" a law is named instead, "several" that differ, "denied"
    note: str = ""


_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9.-]+\.[a-z]{2,}/[^\s<>\"')]*)")
_GAP = re.compile(r"[^0-9a-zа-яёәғқңөұүһі]+")
_PART = "(?:by|nc|sa|nd)"
_VERSION = r"(?: ?v?(?:ersion)? ?([1-4]) ([05]))?"
_CC = re.compile(rf"\b[cс][cс] ?(0|zero|{_PART}(?: ?{_PART})*)(?![a-z]){_VERSION}")
_CC_PATH = re.compile(rf"licenses/({_PART}(?:-{_PART})*)/?(?:([1-4])\.([05]))?")
_CC_WORDS = re.compile(r"\bcreative commons\b(.{0,90})")
_CC_PARTS = {
    "zero": r"zero|cc0",
    "by": r"\bby\b|attribution|авторств|атрибуци",
    "nc": r"non ?commercial|некоммерч|коммерциялық емес",
    "nd": r"no ?deriv|без производных",
    "sa": r"share ?alike|на тех же условиях",
}
_DENIES = re.compile(r"\b(not|except|unlike|не|кроме|емес|басқа)\b")


@cache
def known() -> dict[str, Known]:
    """Return the licences we know by code, Creative Commons apart from zero left out."""
    return read(ROOT / "subjects" / "licences.yaml", dict[str, Known])


def read_licence(said: str) -> Licence:
    """Return what `said`, a code, an address or words, means; what it does not say stays open."""
    text = said[:MOST].casefold().strip()
    if not _GAP.sub("", text):
        return Licence(said=said, note="none")
    addresses = [found.rstrip("/.,;") for found in _ADDRESS.findall(text)]
    plain = f" {_GAP.sub(' ', _ADDRESS.sub(' ', text)).strip()} "
    codes = _without_doubles([*_of_addresses(addresses), *_of_words(plain)])
    named = [_licence(code, said) for code in codes]
    decided = [each for each in named if each.is_open is not None]
    if len({each.is_open for each in decided}) > 1:
        return Licence(said=said, note="several")
    if decided and _DENIES.search(plain) and not addresses and decided[0].code != "CLOSED":
        return Licence(said=said, note="denied")
    return (decided or named or [Licence(said=said, note="unknown")])[0]


def _licence(code: str, said: str) -> Licence:
    if (ours := known().get(code)) is None:
        is_open = "-NC" not in code and "-ND" not in code
        title = code.replace("CC-", "Creative Commons ", 1)
        return Licence(said=said, code=code, title=title, is_open=is_open)
    if ours.is_open is None:
        return Licence(said=said, note=code)
    return Licence(said=said, code=code, title=ours.title, is_open=ours.is_open)


def _without_doubles(codes: list[str]) -> list[str]:
    """Leave out "CC-BY" where "CC-BY-4.0" stands beside it."""
    apart = dict.fromkeys(codes)
    return [
        code for code in apart if not any(re.fullmatch(rf"{code}-\d\.\d", other) for other in apart)
    ]


def _of_addresses(addresses: list[str]) -> Iterator[str]:
    for address in addresses:
        if found := _CC_PATH.search(address) if "creativecommons.org" in address else None:
            yield _creative(found[1].split("-"), found[2], found[3])
        elif "authority/licence/" in address:  # the EU's table of licences
            yield from _of_words(f" {_GAP.sub(' ', address.rpartition('/')[2])} ")
        for code, licence in known().items():
            if any(address.startswith(each.casefold()) for each in licence.addresses):
                yield code


def _of_words(plain: str) -> Iterator[str]:
    """Codes in words between single spaces."""
    for found in _CC.finditer(plain):
        parts = ["zero"] if found[1] in ("0", "zero") else re.findall(_PART, found[1])
        yield _creative(parts, found[2], found[3])
    for found in _CC_WORDS.finditer(plain):
        parts = [part for part, words in _CC_PARTS.items() if re.search(words, found[1])]
        version = re.search(r"\b([1-4]) ([05])\b", found[1])
        yield _creative(parts, *(version.groups() if version else ("", "")))
    for code, licence in known().items():
        if plain.strip() in licence.codes or any(f" {each} " in plain for each in licence.words):
            yield code


def _creative(parts: list[str], major: str | None, minor: str | None) -> str:
    if not parts:
        return "unnamed"  # "Creative Commons", and not which
    if "zero" in parts:
        return "CC0-1.0"
    order = [each for each in ("by", "nc", "nd", "sa") if each in parts or each == "by"]
    return "-".join(["CC", *order]).upper() + (f"-{major}.{minor}" if major else "")
