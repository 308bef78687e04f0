"""The search finds pages of sections too, not the news feed alone."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.asks import replies_of
from aiqyn.subjects.site import Site


def check(site: Site) -> Iterator[Place]:
    if not any(page.has_search for page in site.first_pages):
        raise Inapplicable
    replies = [reply for reply in replies_of(site) if reply.answer is not None]
    nonsense = [reply for reply in replies if reply.question.kind == "nonsense"]
    sections = [reply for reply in replies if reply.question.kind == "section"]
    news = [reply for reply in replies if reply.question.kind == "news"]
    if not nonsense or not sections or not news:
        raise CannotTell("not_asked")
    if any(reply.has_found for reply in sections):
        return
    for reply in sections[:1]:
        yield Place(
            where="search",
            saw=", ".join(f"{each.question.word} → {each.question.page}" for each in sections),
            address=reply.seen.url,
            evidence=reply.seen.sha256,
            note="only_news",
        )
    if not any(reply.has_found for reply in news):
        raise CannotTell("finds_nothing")
