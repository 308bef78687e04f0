"""Drawn pages add to an audit and never cost one; the run lives and hears meanwhile."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from aiqyn.chain import Finding, Outcome
from aiqyn.errors import AiqynError
from aiqyn.fetch.crawl import load
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.evidence.store import keep_findings
from aiqyn_portal.sections.site_audit import actions, queries, tasks
from aiqyn_portal.sections.site_audit.actions import audits, holding
from aiqyn_portal.sections.site_audit.actions.runs import folder_of, left_behind
from aiqyn_portal.sections.site_audit.models import Job, Run
from tests.portal.site_audit.audited import page

AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
State = Job.State


class Browser:
    """In place of `aiqyn.rendering`: draws nothing, tells now and then that it is at it."""

    class Sampling(NamedTuple):
        pages: int
        in_all: float

    def __init__(self, *, problem=None, told=0, meanwhile=lambda: None):
        self.problem = problem
        self.told = told
        self.meanwhile = meanwhile
        self.asked = []

    def render(self, folder, *, limits, sampling, on_progress):
        self.asked.append(sampling)
        for _ in range(self.told):
            self.meanwhile()
            on_progress(None)
        if self.problem:
            raise self.problem
        return load(folder)


@pytest.fixture
def run(owner, evaluator, settings):
    settings.AUDIT_RENDERED = 7
    return tasks.start_run(owner, by=evaluator, at=AT)


@pytest.fixture
def drawn_by(monkeypatch):
    def use(browser):
        monkeypatch.setattr(audits, "import_module", lambda name: browser)
        return browser

    return use


def state_of(run):
    run.refresh_from_db()
    return run.state


@pytest.mark.parametrize(
    "problem",
    [
        None,
        AiqynError("no Chromium"),
        OSError(28, "No space left on device"),
        ExceptionGroup("of tasks", [AiqynError("Chromium does not start again")]),
    ],
)
def test_pages_are_drawn_when_asked_for_and_whatever_goes_wrong_costs_no_audit(
    run, drawn_by, problem
):
    browser = drawn_by(Browser(problem=problem))

    actions.carry_out(run.pk)

    assert (state_of(run), browser.asked) == (State.DONE, [(7, 300.0)])
    assert (run.pages, run.documents) == (run.audit.pages, run.audit.documents)
    assert run.audit.findings.filter(rule="P004", outcome="failed").count() == 1
    rendered = run.audit.findings.filter(rule__startswith="R")
    assert {each.outcome for each in rendered} == {"cannot_tell"}


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ("not_all_drawn", "Not all of the chosen pages could be opened in the browser"),
        ("none_drawn", "None of the chosen pages could be opened in the browser"),
    ],
)
def test_why_pages_were_not_drawn_is_said_in_words(audit, body, note, says):
    found = Finding(rule="R001", outcome=Outcome.CANNOT_TELL, note=note)
    keep_findings([found], body=body, audit=audit, found_on=audit.as_of)
    lines = [line for line in queries.lines_of(audit) if line.finding.note == note]

    assert queries.undrawn(lines)["en"].startswith(says)


def test_page_of_an_audit_without_a_browser_says_so_before_its_findings(audit):
    shown = page("site_audit:audit", audit.pk, language="en").text

    inset = shown.partition("govuk-inset-text")[2].partition("</p>")[0]
    assert "The audit was made without a browser" in inset
    assert queries.undrawn([]) is None


def test_rules_left_open_for_one_reason_tell_it_once(audit):
    shown = page("site_audit:audit", audit.pk, language="en")

    (access,) = (each for each in shown.context["chapters"] if each.code == "access")
    alike, *alone = access.open_alike
    assert shown.text.count("The audit was made without a browser") == 2  # at the top, and here
    assert len(alike) == 17
    assert all(len(lines) == 1 for lines in alone)  # questions to a person, each its own
    assert [line for lines in access.open_alike for line in lines if line not in access.open] == []
    assert all(f'id="{line.finding.rule}"' in shown.text for line in access.open)


def test_judging_again_that_fails_costs_no_audit(run, drawn_by, monkeypatch):
    drawn_by(Browser())
    monkeypatch.setattr(audits, "judge_again", lambda *_, **__: 1 / 0)

    actions.carry_out(run.pk)

    assert (state_of(run), Audit.objects.count()) == (State.DONE, 1)


def test_drawing_that_lasts_is_not_taken_over_by_another_machine(run, drawn_by, monkeypatch):
    now, taken = [AT], []

    def six_minutes():
        now[0] += timedelta(minutes=6)
        with monkeypatch.context() as elsewhere:
            elsewhere.setattr(holding.platform, "node", lambda: "second-machine")
            taken.extend(left_behind(now[0]))

    drawn_by(Browser(told=4, meanwhile=six_minutes))
    actions.carry_out(run.pk, clock=lambda: now[0])

    assert (state_of(run), taken, run.beat_at) == (State.DONE, [], now[0])


def test_audit_cancelled_while_a_page_is_drawn_stops_at_once(run, evaluator, drawn_by):
    heard = []

    def cancel():
        heard.append(1)
        actions.cancel(run, by=evaluator, at=AT)

    drawn_by(Browser(told=2, meanwhile=cancel))
    actions.carry_out(run.pk)

    assert (state_of(run), heard) == (State.CANCELLED, [1])
    assert not Audit.objects.exists()
    assert not folder_of(run).exists()


def test_run_taken_over_while_pages_are_drawn_is_left_to_the_other(run, drawn_by):
    running = Run.objects.filter(pk=run.pk)
    drawn_by(Browser(told=1, meanwhile=lambda: running.update(held_by="another-machine:7")))

    actions.carry_out(run.pk)

    assert (state_of(run), run.held_by) == (State.RUNNING, "another-machine:7")
    assert not Audit.objects.exists()
