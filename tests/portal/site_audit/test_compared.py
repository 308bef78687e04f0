"""Two audits beside each other: what has changed, before what has not."""

from selectolax.lexbor import LexborHTMLParser

from aiqyn.chain import Finding, Outcome, Place
from aiqyn_portal.evidence.store import keep_findings
from aiqyn_portal.sections.site_audit import history
from aiqyn_portal.sections.site_audit.actions import run_audit
from tests.portal.site_audit.audited import AS_OF, LIMITS, REPAIRED, audited, page, write_first


def texts(html, selector):
    return [" ".join(node.text().split()) for node in LexborHTMLParser(html).css(selector)]


def test_repaired_place_is_fixed_in_the_comparison(first_audit, body, site, tmp_path):
    write_first(tmp_path, REPAIRED)
    newer = run_audit(body, start=site, as_of=AS_OF, limits=LIMITS)

    found = history.compared(first_audit, newer)
    shown = page("site_audit:compare", body.code, language="en").text

    assert "P004" in {turn.change.rule for turn in found.turns["fixed"]}
    assert found.turns["new"] == []
    assert "P004" in " ".join(texts(shown, "section[aria-labelledby=fixed] h3"))


def test_rules_with_new_places_come_first_in_the_comparison(body):
    def with_places(*numbers):
        seen = [Place(address=f"https://a.example/{each}", where="html") for each in numbers]
        links = Finding(rule="S006", outcome=Outcome.FAILED, places=tuple(seen))
        same = Place(address="https://a.example/", where="html")
        first = Finding(rule="S003", outcome=Outcome.FAILED, places=(same,))
        return [first, links]

    older, newer = audited(body, {}), audited(body, {})
    for audit, findings in ((older, with_places(1)), (newer, with_places(1, 2))):
        keep_findings(findings, body=body, audit=audit, found_on=audit.as_of)

    still = history.compared(older, newer).turns["still"]

    assert [(turn.change.rule, len(turn.change.new)) for turn in still] == [
        ("S006", 1),
        ("S003", 0),
    ]


def test_shares_of_both_audits_stand_beside_their_days(body):
    older = audited(body, {"S001": Outcome.FAILED, "S003": Outcome.FAILED})
    newer = audited(body, {"S001": Outcome.PASSED, "S003": Outcome.FAILED})

    found = history.compared(older, newer)
    shown = texts(page("site_audit:compare", body.code, language="en").text, "main .govuk-body-l")

    assert found.shares == (0, 50)
    assert shown[0].endswith("50 % of the rules passed")


def test_rule_broken_as_before_is_folded_away_behind_what_has_changed(body):
    older = audited(body, {"S001": Outcome.FAILED, "S003": Outcome.FAILED})
    newer = audited(body, {"S001": Outcome.PASSED, "S003": Outcome.FAILED})

    groups = history.compared(older, newer).groups
    html = page("site_audit:compare", body.code, language="en").text

    assert [(group.status, len(group.turned), len(group.as_before)) for group in groups] == [
        ("new", 0, 0),
        ("fixed", 1, 0),
        ("still", 0, 1),
        ("not_comparable", 0, 0),
    ]
    assert texts(html, "section[aria-labelledby=still] summary") == [
        "1 rule broken at the same places as before"
    ]
    assert texts(html, "main .app-counts li") == [
        *("0 New", "1 Fixed"),
        *("1 Still there", "0 Not comparable"),
    ]
    assert texts(html, "main .app-counts a") == ["1 Fixed", "1 Still there"]
    assert texts(html, "section[aria-labelledby=new]") == []


def test_places_that_are_not_shown_are_counted(body):
    older = audited(body, {"P004": Outcome.PASSED})
    newer = audited(body, {"S001": Outcome.PASSED})
    places = tuple(
        Place(where="img", saw=f"/{number}.png", address=newer.start) for number in range(23)
    )
    found = Finding(rule="P004", outcome=Outcome.FAILED, places=places)
    keep_findings([found], body=body, audit=newer, found_on=newer.as_of)

    compared = page("site_audit:compare", body.code, language="en").text
    listed = page("site_audit:pages", newer.pk, language="en").text

    assert older.pk < newer.pk
    assert texts(compared, "section[aria-labelledby=new] summary") == ["New places: 23"]
    assert texts(compared, "section[aria-labelledby=new] q")[-1] == "/19.png"
    assert texts(compared, "section[aria-labelledby=new] p.govuk-body") == ["and 3 more"]
    assert texts(listed, ".app-pages ul ul li")[-2:] == ["/4.png", "and 18 more"]
