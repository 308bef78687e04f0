import msgspec
import pytest

from aiqyn.fetch.manifest import Cut
from aiqyn.rules import load
from tests.aiqyn.worked import ORIGIN, crawl, site_of

MONTHS = [
    f"/afisha?year={year}&month={month}" for year in range(2029, 2034) for month in range(1, 13)
]


def test_calendar_in_a_query_is_told_once_and_not_as_choices_too():
    links = "".join(f'<a href="{each}">1</a>' for each in MONTHS)
    pages = {"/": f"<p>Афиша</p>{links}", **dict.fromkeys(MONTHS, "<title>1</title><p>Бос</p>")}

    check = load()["S095"].check
    places = list(check(site_of(crawl(pages)), many=10))

    assert [each.note for each in places] == ["calendar"]


def month_after(count, written):
    """The address of the month so many after November 2026."""
    year, month = divmod(2026 * 12 + 10 + count, 12)
    return written.format(year=year, month=month + 1)


def calendar_cut(written, *, months, why="max_depth", is_endless=True):
    """A calendar in which each month leads to the next; the crawl ended where the cut says."""
    chain = [month_after(count, written) for count in range(months + 1 + is_endless)]
    pages = {"/": f'<a href="{chain[0]}">1</a>'}
    pages |= {
        each: f'<p>Бос</p><a href="{onward}">1</a>'
        for each, onward in zip(chain, [*chain[1:], "/"], strict=True)
    }
    kept = crawl(pages)
    evidence = kept.manifest.evidence
    if is_endless:
        evidence = tuple(each for each in evidence if each.url != ORIGIN + chain[-1])
    cut = Cut(why=why, count=1, example=f"{ORIGIN}/x")
    kept.manifest = msgspec.structs.replace(kept.manifest, evidence=evidence, cuts=(cut,))
    return kept, chain


@pytest.mark.parametrize(
    "written",
    [
        "/events/{year}/{month}",
        "/afisha?month={month}&year={year}",
        "/calendar/{year}{month:02}",
        "/12/events/{year}-{month:02}",
    ],
)
def test_calendar_we_followed_month_by_month_until_we_gave_up_has_no_end(written):
    kept, chain = calendar_cut(written, months=14)

    (place,) = load()["S095"].check(site_of(kept))

    assert (place.saw, place.note) == (f"{ORIGIN}{chain[-1]} … 14", "calendar")


@pytest.mark.parametrize(
    "told",
    [
        {"months": 11},
        {"months": 14, "is_endless": False},
        {"months": 14, "why": "max_external_links"},
        {"months": 14, "written": "/events/{year}/{month}7"},  # no month
    ],
)
def test_calendar_that_ends_or_was_not_followed_far_is_no_trap(told):
    kept, _ = calendar_cut(**{"written": "/events/{year}/{month}", **told})

    assert list(load()["S095"].check(site_of(kept))) == []


def test_months_that_stand_side_by_side_are_no_trap():
    kept, _ = calendar_cut("/events/{year}/{month}", months=14)
    beside = [
        msgspec.structs.replace(each, depth=min(each.depth, 1)) for each in kept.manifest.evidence
    ]
    kept.manifest = msgspec.structs.replace(kept.manifest, evidence=tuple(beside))

    assert list(load()["S095"].check(site_of(kept))) == []
