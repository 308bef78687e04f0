"""Any edit, deletion, reorder, insertion shows: in the chain, in the roots, in a receipt."""

import hashlib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn import ledger
from aiqyn.errors import InputError
from aiqyn.ledger import commitments, trees
from aiqyn.ledger.receipts import (
    Claim,
    Opened,
    Proof,
    Receipt,
    Roots,
    Step,
    encode,
    first_broken_root,
    read_receipt,
    read_roots,
    verdict,
    verify,
)
from tests.aiqyn.ledger.papers import Ledger, records

replace = msgspec.structs.replace
numbers = st.integers(min_value=0)
digests = st.lists(st.binary(min_size=32, max_size=32).map(bytes.hex), min_size=1, max_size=40)


def chained(held: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    previous, made = ledger.GENESIS, []
    for record in held:
        previous = ledger.link(previous, record)
        made.append((record, previous))
    return made


@given(st.integers(min_value=2, max_value=12), numbers, numbers, st.sampled_from("edmi"))
def test_the_chain_breaks_where_something_was_changed(
    size: int, where: int, to: int, how: str
) -> None:
    rows = chained(records(size))
    at, other = where % size, to % size
    changed = list(rows)
    if how == "e":
        changed[at] = ({**rows[at][0], "what": "declined"}, rows[at][1])
    elif how == "d":
        del changed[at]
    elif how == "m":
        changed.insert(other, changed.pop(at))
    else:
        changed.insert(at, ({"forged": True}, rows[other][1]))
    expected = next(
        (n for n, (old, new) in enumerate(zip(rows, changed, strict=False)) if old != new), None
    )

    assert ledger.first_break(changed) == expected


def test_a_chain_as_it_was_written_holds() -> None:
    assert ledger.first_break(chained(records(9))) is None
    assert ledger.first_break([]) is None


@given(digests, numbers)
def test_a_path_leads_from_every_leaf_to_the_root(leaves: list[str], number: int) -> None:
    index = number % len(leaves)
    path = trees.path(trees.levels(leaves), index)

    assert trees.climb(leaves[index], index, len(leaves), path) == trees.root(leaves)


@given(digests, numbers, numbers, st.sampled_from(["leaf", "index", "path", "short", "long"]))
def test_a_changed_path_leads_elsewhere(
    leaves: list[str], number: int, other: int, how: str
) -> None:
    leaves = list(dict.fromkeys(leaves))
    index, size = number % len(leaves), len(leaves)
    path = trees.path(trees.levels(leaves), index)
    leaf, place = leaves[index], index
    if how == "leaf":
        leaf = "00" * 32 if leaf != "00" * 32 else "11" * 32
    elif how == "index":
        place = other % size if other % size != index else size
    elif how == "long" or not path:
        path = [*path, "ab" * 32]
    elif how == "short":
        path = path[:-1]
    else:
        path[other % len(path)] = hashlib.sha256(b"else").hexdigest()

    assert trees.climb(leaf, place, size, path) != trees.root(leaves)


def test_roots_are_those_of_rfc_6962() -> None:
    a, b, c = (hashlib.sha256(each).digest() for each in (b"a", b"b", b"c"))
    leaf = [hashlib.sha256(b"\0" + each).digest() for each in (a, b, c)]
    pair = hashlib.sha256(b"\1" + leaf[0] + leaf[1]).digest()
    three = hashlib.sha256(b"\1" + pair + leaf[2]).hexdigest()

    assert trees.root([a.hex(), b.hex(), c.hex()]) == three
    assert trees.root([a.hex()]) == leaf[0].hex()
    assert trees.root([]) == hashlib.sha256(b"").hexdigest()


def test_what_is_no_digest_leads_nowhere() -> None:
    assert trees.climb("not hex", 0, 1, []) is None
    assert trees.climb("00", 0, 2, ["not hex"]) is None


def test_a_commitment_opens_with_its_salt_and_value_alone() -> None:
    salt = commitments.new_salt()
    held = commitments.commit(salt, "Пікір")

    opened = [
        commitments.opens(held, salt, "Пікір"),
        commitments.opens(held, salt, "пікір"),
        commitments.opens(held, commitments.new_salt(), "Пікір"),
    ]
    assert opened == [True, False, False]
    assert len(salt) == 32


@pytest.fixture
def held() -> Ledger:
    return Ledger(11, 4)


def judged(receipt: Receipt, *copies: Roots) -> str:
    return verdict(verify(receipt, copies))


@pytest.mark.parametrize(("steps", "a_day"), [(1, 1), (2, 2), (7, 3), (11, 4), (16, 16)])
def test_a_receipt_is_proven_by_the_roots_alone(steps: int, a_day: int) -> None:
    held = Ledger(steps, a_day)

    assert judged(held.receipt("2026-000001"), held.roots) == "proven"


def step_changed(receipt: Receipt, at: int, **changes: Any) -> Receipt:
    steps = list(receipt.steps)
    steps[at] = replace(steps[at], **changes)
    return replace(receipt, steps=tuple(steps))


OTHER = "12" * 32


def shown(salt: str, value: str, *, name: str = "text") -> dict[str, Any]:
    return {"opened": {name: Opened(salt=salt, value=value)}}


EDITS = {
    "a word of the text": lambda s: shown(s.opened["text"].salt, "x"),
    "the salt": lambda s: shown("ab" * 16, s.opened["text"].value),
    "a salt of letters": lambda _: shown("қ", "x"),
    "half a character": lambda _: shown("ab", "\ud800"),
    "a value never committed to": lambda _: shown("ab", "x", name="name"),
    "the decision": lambda s: {"record": {**s.record, "what": "declined"}},
    "the position": lambda s: {"record": {**s.record, "position": 999}},
    "no position": lambda s: {"record": {**s.record, "position": "2"}},
    "the commitments": lambda s: {"record": {**s.record, "commitments": {"text": OTHER}}},
    "commitments of another kind": lambda s: {"record": {**s.record, "commitments": 5}},
    "the link before": lambda s: {"previous": OTHER},
    "the link": lambda s: {"link": OTHER},
    "the size of the day": lambda s: {"proof": replace(s.proof, size=s.proof.size + 1)},
    "the path": lambda s: {"proof": replace(s.proof, path=(OTHER,) * len(s.proof.path))},
    "a longer path": lambda s: {"proof": replace(s.proof, path=(*s.proof.path, OTHER))},
    "another contribution": lambda s: {"record": {**s.record, "contribution": "2026-000009"}},
    "another number of the step": lambda s: {"record": {**s.record, "step": 7}},
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("at", [0, 2])
def test_any_edit_of_a_receipt_shows(held: Ledger, edit: str, at: int) -> None:
    receipt = held.receipt("2026-000001")

    changed = step_changed(receipt, at, **EDITS[edit](receipt.steps[at]))

    assert judged(changed, held.roots) == "broken"


def forged(receipt: Receipt) -> Receipt:
    """Somebody with the code rewrites a step and everything that can be computed from it."""
    step = receipt.steps[1]
    record = {**step.record, "what": "declined"}
    return step_changed(receipt, 1, record=record, link=ledger.link(step.previous, record))


def test_a_step_rewritten_with_its_link_is_not_under_the_root(held: Ledger) -> None:
    claims = verify(forged(held.receipt("2026-000001")), [held.roots])

    assert [claim for claim in claims if claim.holds is False] == [
        Claim(code="under_root", holds=False, step=2, detail="2026-11-20")
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda steps: steps[1:],
        lambda steps: steps[:1] + steps[2:],
        lambda steps: (steps[1], steps[0], *steps[2:]),
        lambda steps: (*steps[:1], *steps),
        lambda steps: (),
    ],
)
def test_steps_left_out_moved_or_put_in_show(held: Ledger, change: Any) -> None:
    receipt = held.receipt("2026-000001")

    assert judged(replace(receipt, steps=change(receipt.steps)), held.roots) == "broken"


@given(numbers, st.sampled_from(["edit", "delete", "move", "insert", "size"]))
def test_roots_that_were_changed_show(where: int, how: str) -> None:
    roots = list(Ledger(12, 3).roots.roots)
    at = where % len(roots)
    if how == "edit":
        roots[at] = replace(roots[at], root=OTHER)
    elif how == "delete":
        del roots[max(0, at - 1)]
    elif how == "move":
        roots.append(roots.pop(at % (len(roots) - 1)))
    elif how == "insert":
        roots.insert(at, replace(roots[at], day=roots[at].day.replace(year=2020)))
    else:
        roots[at] = replace(roots[at], size=0)

    assert first_broken_root(roots) is not None


def test_roots_as_they_were_published_hold() -> None:
    assert first_broken_root(Ledger(12, 3).roots.roots) is None
    assert first_broken_root([]) is None


def test_a_ledger_written_anew_is_told_by_a_copy_kept_elsewhere(held: Ledger) -> None:
    """A portal that rewrites everything, roots too, contradicts what others have kept."""
    rewritten = Ledger(12, 4)
    receipt = rewritten.receipt("2026-000001")

    assert judged(receipt, rewritten.roots) == "proven"
    claims = verify(receipt, [rewritten.roots, held.roots])
    assert [claim.code for claim in claims if claim.holds is False] == ["roots_agree"]


def test_copies_that_agree_are_said_to(held: Ledger) -> None:
    older = replace(held.roots, roots=held.roots.roots[:1])
    receipt = held.receipt("2026-000001")

    claims = verify(receipt, [held.roots, older])

    assert Claim(code="roots_agree", holds=True) in claims
    assert verdict(claims) == "proven"


def test_what_has_no_root_yet_is_not_called_broken() -> None:
    held = Ledger(11, 4, without_root=1)
    receipt = held.receipt("2026-000001")
    older = replace(held.roots, roots=held.roots.roots[:1])
    fresh = step_changed(receipt, 0, previous="", link="", proof=None)

    assert judged(receipt, held.roots) == "not_yet"
    assert judged(held.receipt("2026-000000"), older) == "not_yet"
    assert judged(fresh, held.roots) == "not_yet"


def test_what_is_not_shown_is_said_to_be_hidden(held: Ledger) -> None:
    hidden = step_changed(held.receipt("2026-000001"), 0, opened={})

    claims = verify(hidden, [held.roots])

    assert Claim(code="not_shown", holds=True, step=1, detail="text") in claims
    assert verdict(claims) == "proven"


def test_papers_are_read_as_they_were_written(held: Ledger) -> None:
    receipt = held.receipt("2026-000001")

    assert read_receipt(encode(receipt), "r") == receipt
    assert read_roots(encode(held.roots), "r") == held.roots


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"\xff", b'{"aiqyn": "roots"}', b"[" * 100_000, b"0" * 20_000_001],
    ids=["empty", "bare", "list", "bytes", "other", "deep", "large"],
)
def test_what_is_no_receipt_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="paper"):
        read_receipt(content, "paper")


def test_papers_of_another_version_are_refused(held: Ledger) -> None:
    with pytest.raises(InputError, match="2 is not known here"):
        read_roots(encode(replace(held.roots, version=2)), "paper")


def test_proofs_have_nothing_to_hide() -> None:
    """A receipt names its own steps alone, not those beside them."""
    receipt = Ledger(8, 8).receipt("2026-000001")

    assert isinstance(receipt.steps[0], Step)
    assert isinstance(receipt.steps[0].proof, Proof)
    assert "2026-000000" not in encode(receipt).decode()
