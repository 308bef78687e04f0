"""robots.txt does not shut the whole site to search engines and archives."""

from collections.abc import Iterator

from protego import Protego

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.site import Site

READERS = ("*", "Googlebot", "YandexBot", "Aiqyn")


def check(site: Site) -> Iterator[Place]:
    answers = site.of_role("robots")
    if not answers or answers[0].failure or answers[0].status >= 500 or answers[0].status == 0:
        yield from (Place(where="robots.txt", address=each.url) for each in answers)
        raise CannotTell("no_answer")
    robots = answers[0]
    rules = Protego.parse(site.answers.robots.removeprefix("\ufeff"))
    for reader in READERS:
        if not rules.can_fetch(site.start, reader):
            yield Place(
                where="robots.txt",
                saw=reader,
                address=robots.url,
                evidence=robots.sha256,
                note="shut_out",
            )
