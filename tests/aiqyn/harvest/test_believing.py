"""A list that has lost most of its sets is believed the second time."""

from datetime import UTC, datetime

import pytest

from aiqyn.harvest import Summary, believed, problems


def summary(*gone: str) -> Summary:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Summary(kind="ckan", address="https://a.kz", started_at=at, gone=gone)


@pytest.mark.parametrize(
    ("gone", "known", "before", "sure", "is_doubted"),
    [
        ((), 0, None, [], False),
        (("a",), 2, None, ["a"], False),
        (("a", "b"), 3, None, [], True),
        (("a", "b"), 3, ("a", "b", "c"), ["a", "b"], False),
        (("a", "b"), 3, ("b",), ["b"], True),
        (("a",), 1, (), [], True),
    ],
)
def test_most_sets_go_only_when_told_twice(gone, known, before, sure, is_doubted):
    said, certain = believed(summary(*gone), known, None if before is None else summary(*before))

    assert (certain, said.gone) == (sure, gone)
    assert ("gone_doubted" in said.problems) == is_doubted
    assert set(said.problems) <= set(problems())
