"""Defects of documents."""

from random import Random

from tools.planting.model import File, Site
from tools.planting.papers import KINDS, paper
from tools.planting.planting import Sown, plant


def _drawn(site: Site, random: Random, count: int = 2) -> list[tuple[str, str]]:
    """Draw documents as (kind, language)."""
    every = [(kind, language) for kind in KINDS for language in site.languages]
    return random.sample(every, random.randint(1, count))


def _replace(site: Site, drawn: list[tuple[str, str]], how: str) -> list[str]:
    for kind, language in drawn:
        site.files[f"{kind}-{language}.pdf"] = File(paper(kind, language, site.as_of, how))
    return [f"file:{kind}-{language}.pdf" for kind, language in drawn]


@plant("D001", group="files")
def documents_are_scans(site: Site, random: Random) -> Sown:
    return _replace(site, _drawn(site, random), "scan")


@plant("D001", group="files")
def a_page_of_a_document_is_a_scan(site: Site, random: Random) -> Sown:
    return _replace(site, _drawn(site, random), "mixed")


@plant("D002", group="files")
def document_is_locked(site: Site, random: Random) -> Sown:
    return _replace(site, _drawn(site, random, 1), "locked")


@plant("D002", group="files")
def document_is_broken(site: Site, random: Random) -> Sown:
    drawn = _drawn(site, random)
    for kind, language in drawn:
        whole = site.files[f"{kind}-{language}.pdf"].content
        broken = random.choice((b"", whole[: len(whole) // 8], b"%PDF-1.4\nhttp 500"))
        site.files[f"{kind}-{language}.pdf"] = File(broken)
    return [f"file:{kind}-{language}.pdf" for kind, language in drawn]
