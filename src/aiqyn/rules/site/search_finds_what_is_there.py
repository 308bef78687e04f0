"""The search answers, finds the page a word was taken from, and nothing for a word of nobody."""

from collections.abc import Iterator

from aiqyn.chain import FAILURES, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.asks import Reply, replies_of
from aiqyn.subjects.site import Site

KEPT_OUT = (401, 403, 429)


def check(site: Site) -> Iterator[Place]:
    if not any(page.has_search for page in site.first_pages):
        raise Inapplicable
    if not any(page.traits.wayfinding.search for page in site.first_pages):
        offering = [page for page in site.first_pages if page.has_search]
        for page in offering:
            yield Place(where="form", address=page.address, evidence=page.sha256)
        raise CannotTell("cannot_be_asked")
    replies = [reply for reply in replies_of(site) if _may_be_judged(reply)]
    broken = [reply for reply in replies if reply.seen.failure or reply.seen.status >= 400]
    if broken:
        saw = f"{broken[0].question.word} ({broken[0].seen.failure or broken[0].seen.status})"
        yield _place(broken[0], saw, "broken")
        return
    words = [reply for reply in replies if reply.question.kind != "nonsense"]
    nonsense = [reply for reply in replies if reply.question.kind == "nonsense"]
    if not words or not nonsense or any(reply.answer is None for reply in replies):
        raise CannotTell("not_asked")
    yield from _judged(words, nonsense[0])


def _may_be_judged(reply: Reply) -> bool:
    """What failed for a reason of ours, or kept a program out, says nothing of the search."""
    seen = reply.seen
    return FAILURES.get(seen.failure) != "us" and seen.status not in KEPT_OUT


def _judged(words: list[Reply], nonsense: Reply) -> Iterator[Place]:
    lost = [reply for reply in words if not reply.has_found]
    if len(lost) == len(words):
        asked = [reply for reply in words if not reply.question.is_in_menu]
        if asked and all(reply.question.page in nonsense.links for reply in asked):
            yield _place(nonsense, nonsense.question.word, "answers_anything")
        else:
            yield _place(words[0], ", ".join(reply.question.word for reply in words), "nothing")
            if not all(reply.says_nothing for reply in words):
                raise CannotTell("by_script")
        return
    for reply in lost:
        if reply.question.kind == "news":  # that it finds news alone is told apart
            yield _place(reply, f"{reply.question.word} → {reply.question.page}", "not_found")


def _place(reply: Reply, saw: str, note: str) -> Place:
    return Place(
        where="search", saw=saw, address=reply.seen.url, evidence=reply.seen.sha256, note=note
    )
