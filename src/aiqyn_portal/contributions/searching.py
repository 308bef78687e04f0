"""Published contributions in the one search of the platform, and as something to follow.

They are entered when they are sealed, moments after they were written: whoever writes does not
wait for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn.text import LANGUAGES, first_sentence
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.contributions import kinds
from aiqyn_portal.contributions.models import Contribution, Erasable, Step
from aiqyn_portal.notices.topics import Named, Topic
from aiqyn_portal.search import index
from aiqyn_portal.search.kinds import Draft, Kind

CONTRIBUTION = "contribution"
LONGEST_TITLE = 120
WAITING, REFLECTED = "waiting", "reflected"
COMMON: dict[str, StrOrPromise] = {
    WAITING: _("Waiting for a decision"),
    **dict(Contribution.Outcome.choices),
}
STATUSES = (*COMMON, REFLECTED)  # the last is said by kinds that have a word for it alone
BATCH = 500
Words = Mapping[str, str]


def enter(contributions: Iterable[Contribution]) -> None:
    """Bring the entries of these up to date; what is not public is taken out."""
    rows = list(contributions)
    index.put_many(_drafts_of([row for row in rows if row.is_public]))
    for row in rows:
        if not row.is_public:
            index.remove(CONTRIBUTION, row.number)


def _drafts_of(rows: Sequence[Contribution]) -> Iterator[Draft]:
    decided = _decisions(rows)
    return (draft(row, decided.get(row.pk, ())) for row in rows)


def _decisions(rows: Iterable[Contribution]) -> dict[int, list[Words]]:
    """What was said with every decision about those that are found by it, the last one first."""
    found = {kind.code for kind in kinds.kinds() if kind.found_by_decision}
    asked = [row.pk for row in rows if row.kind in found]
    decided: dict[int, list[Words]] = {}
    if asked:
        steps = Erasable.objects.filter(step__contribution__in=asked, step__what=Step.What.DECIDED)
        for key, words in steps.order_by("-step").values_list("step__contribution", "words"):
            decided.setdefault(key, []).append(words)
    return decided


def draft(row: Contribution, decided: Sequence[Words] = ()) -> Draft:
    """A contribution by its first sentence, its text and the words of decisions about it."""
    text = row.text or row.wording
    language = row.language if row.language in LANGUAGES else ""
    title = _shortened(first_sentence(text).replace("\n", " "))
    answered = {code: _joined(words.get(code, "") for words in decided) for code in LANGUAGES}
    others = {code: words for code, words in answered.items() if words and code != language}
    return Draft(
        kind=CONTRIBUTION,
        key=row.number,
        title={language: title} if language else dict.fromkeys(LANGUAGES, title),
        view=_page(row),
        arguments={"number": row.number},
        summary={language: _joined((text, answered[language]))} if language else {},
        text={"": row.number, **others},
        body_id=row.body_id,
        status=_status(row),
        day=timezone.localdate(row.made_at),
        is_taught=False,
    )


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _status(row: Contribution) -> str:
    """What became of it; marked by whose word it is where that is not the common one."""
    kind, standing = kinds.get(row.kind), kinds.standing_of(row)
    status = standing if row.outcome else WAITING
    return f"{_whose(kind)}_{status}" if kind and _own(kind, status) else status


def _whose(kind: kinds.Kind) -> str:
    return kind.said_by or kind.section


def _own(kind: kinds.Kind, status: str) -> StrOrPromise:
    return kind.said.get(Contribution.State.REGISTERED if status == WAITING else status, "")


class _Statuses(Mapping[str, StrOrPromise]):
    """What a status is called: the common words, and those of the kinds that have their own."""

    def __getitem__(self, status: str) -> StrOrPromise:
        if status in COMMON:
            return COMMON[status]
        for kind in kinds.kinds():
            plain = status.removeprefix(f"{_whose(kind)}_")
            if plain != status and plain in STATUSES and (said := _own(kind, plain)):
                return said
        raise KeyError(status)

    def __iter__(self) -> Iterator[str]:
        every = (f"{_whose(kind)}_{status}" for kind in kinds.kinds() for status in STATUSES)
        return iter([*COMMON, *dict.fromkeys(each for each in every if each in self)])

    def __len__(self) -> int:
        return sum(1 for _status in self)


def _page(row: Contribution) -> str:
    """The section's own page of it; a reply is shown by itself."""
    kind = kinds.get(row.kind)
    return kind.page if kind and row.parent_id is None else "contributions:one"


def drafts() -> Iterator[Draft]:
    """Every published contribution."""
    rows = Contribution.objects.public().order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield from _drafts_of(batch)


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_TITLE:
        return text
    return text[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def _named(number: str) -> Named | None:
    row = Contribution.objects.public().filter(number=number).first()
    if row is None:
        return None
    titled = dict.fromkeys(LANGUAGES, f"№ {number}. {_shortened(first_sentence(row.text))}")
    return Named(titled, "contributions:one", {"number": number})


KIND = Kind(CONTRIBUTION, _("Comments and questions"), drafts, _Statuses())
TOPIC = Topic(CONTRIBUTION, _("Comment or question"), _named)
