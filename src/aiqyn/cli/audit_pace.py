"""What is told of a site that asks for much time between two requests."""

from aiqyn.cli.audit_progress import Watch
from aiqyn.cli.audit_words import phrase, tell
from aiqyn.fetch import crawl as crawling
from aiqyn.report.words import figure

MINUTE = 60.0
LONG = 120  # seconds or minutes from which the next larger unit is told


def telling_pace(watch: Watch, limits: crawling.Limits, language: str) -> Watch:
    """`watch`, which also tells once, as soon as it is known, how long such a site takes."""
    own = 1 / limits.per_host_per_second if limits.per_host_per_second > 0 else 0.0
    is_told = False

    def told(seen: crawling.Progress) -> None:
        nonlocal is_told
        if seen.delay_s > own and not is_told:
            is_told = True
            _tell(seen.delay_s, limits, language)
        watch(seen)

    return told


def _tell(delay: float, limits: crawling.Limits, language: str) -> None:
    count = min(limits.max_pages, int(limits.max_seconds // delay))
    tell(
        "asks_for_time" if count else "asks_for_all_time",
        language,
        delay=span(delay, language),
        count=count,
        time=span(count * delay if count else limits.max_seconds, language),
    )


def span(seconds: float, language: str) -> str:
    """Seconds, minutes or hours, as people say them."""
    unit, amount = "span_s", seconds
    for larger in ("span_min", "span_h"):
        if amount >= LONG:
            unit, amount = larger, amount / MINUTE
    return phrase(unit, language, gap=figure(f"{amount:.1f}".removesuffix(".0"), language))
