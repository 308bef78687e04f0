"""Whether a list that has lost most of its sets is taken at its word."""

from msgspec.structs import replace

from aiqyn.harvest.model import Summary

MOST_AT_ONCE = 2  # of this many known sets one may go without being asked about twice


def believed(summary: Summary, known: int, before: Summary | None) -> tuple[Summary, list[str]]:
    """Return the summary with its doubts, and the ids that are gone beyond doubt.

    `known` is how many sets were known when the harvest began, `before` the summary of the
    harvest right before it, None when that one failed. A catalogue that is being mended often
    answers with an empty or a half list: where more than half is gone, only what was gone the
    last time too is.
    """
    if len(summary.gone) * MOST_AT_ONCE <= known:
        return summary, list(summary.gone)
    earlier = frozenset(before.gone) if before else frozenset()
    sure = [id_ for id_ in summary.gone if id_ in earlier]
    if len(sure) == len(summary.gone):
        return summary, sure
    return replace(summary, problems=(*summary.problems, "gone_doubted")), sure
