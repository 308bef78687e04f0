from datetime import date

import msgspec
import pytest

from aiqyn.audit import Report, edition_on
from aiqyn.chain import Finding, Outcome, Place
from aiqyn.errors import InputError
from aiqyn.regulations import Edition
from aiqyn.report import comparing
from aiqyn.report.comparing import Change, compare

DAY = date(2026, 11, 20)
IN_FORCE = edition_on("sites", DAY).in_force
A, B, C = (Place(where="body", saw=saw, address=f"https://a.kz/{saw}") for saw in "abc")


def report(*findings, **more):
    return Report(
        start="https://a.kz/",
        regulation="sites",
        in_force=more.pop("in_force", IN_FORCE),
        as_of=more.pop("as_of", DAY),
        manifest_sha256="",
        pages=1,
        documents=0,
        findings=findings,
        **more,
    )


def failed(*places, more=0, rule="P004"):
    return Finding(rule=rule, outcome=Outcome.FAILED, places=places, more=more)


def ended(outcome, rule="P004"):
    return Finding(rule=rule, outcome=outcome)


PASSED = ended(Outcome.PASSED)


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (
            failed(A, B),
            failed(B, C),
            Change(rule="P004", status="still", fixed=(A,), new=(C,), still=(B,)),
        ),
        (failed(A), PASSED, Change(rule="P004", status="fixed", fixed=(A,))),
        (PASSED, failed(A), Change(rule="P004", status="new", new=(A,))),
        (
            ended(Outcome.INAPPLICABLE),
            failed(A),
            Change(rule="P004", status="new", new=(A,)),
        ),
        (
            failed(A),
            ended(Outcome.CANNOT_TELL),
            Change(rule="P004", status="not_comparable", why="why_unknown"),
        ),
        (
            failed(A, more=5),
            failed(B),
            Change(
                rule="P004",
                status="still",
                why="why_unlisted",
                fixed=(A,),
                not_comparable=(B,),
            ),
        ),
        (
            failed(A),
            failed(B, more=5),
            Change(
                rule="P004",
                status="still",
                why="why_unlisted",
                new=(B,),
                not_comparable=(A,),
            ),
        ),
    ],
)
def test_places_are_fixed_new_or_still_there(old, new, change):
    assert compare(report(old), report(new)).rules == (change,)


def test_moved_text_is_the_same_place():
    moved = msgspec.structs.replace(A, where="html > body")

    (change,) = compare(report(failed(A)), report(failed(moved))).rules

    assert (change.still, change.new, change.fixed) == ((A,), (), ())


def test_rules_in_order_in_both_are_not_told():
    assert compare(report(PASSED), report(PASSED)).rules == ()


def test_rule_of_one_audit_alone_is_not_comparable():
    changes = compare(report(failed(A)), report())

    assert changes.rules == (Change(rule="P004", status="not_comparable", why="why_absent"),)
    assert changes.of("not_comparable") == list(changes.rules)
    assert changes.of("fixed") == []


@pytest.mark.parametrize(
    ("was_cut", "read", "status"),
    [
        (False, (), "fixed"),
        (True, (A.address,), "fixed"),
        (True, (), "not_comparable"),
        (True, None, "fixed"),
    ],
)
def test_place_that_was_not_read_again_is_not_fixed(was_cut, read, status):
    (change,) = compare(report(failed(A)), report(PASSED, was_cut=was_cut), read).rules

    assert change.status == status


def test_place_on_a_page_that_may_not_have_been_drawn_is_not_fixed():
    passed = Finding(rule="R001", outcome=Outcome.PASSED, note="not_all_drawn")

    changes = compare(report(failed(A, rule="R001")), report(passed))

    assert [(each.status, each.why) for each in changes.rules] == [("not_comparable", "why_unread")]


def test_two_sites_are_not_compared():
    other = msgspec.structs.replace(report(), start="https://b.kz/")

    with pytest.raises(InputError, match="another site than"):
        compare(other, report())


def test_rule_asked_otherwise_by_another_edition_is_not_comparable(monkeypatch):
    now = edition_on("sites", DAY)
    requirement = next(each for each in now.requires if each.rule == "P005")
    then = Edition(
        regulation="sites",
        act=now.act,
        source="",
        note=now.note,
        in_force=date(2020, 1, 1),
        requires=(
            msgspec.structs.replace(requirement, params={"at_most": 1}),
            *(each for each in now.requires if each.rule == "P004"),
        ),
    )
    monkeypatch.setattr(comparing, "editions", lambda _: [then, now])
    before = report(failed(A), failed(A, rule="P005"), in_force=then.in_force)

    changes = compare(before, report(failed(A), failed(A, rule="P005")))

    assert [(each.rule, each.status, each.why) for each in changes.rules] == [
        ("P004", "still", ""),
        ("P005", "not_comparable", "why_edition"),
    ]
