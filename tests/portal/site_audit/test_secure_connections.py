"""Why no secure connection came about: each cause with its own remedy, in every language."""

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from aiqyn import rules
from aiqyn.chain import NO_TLS
from aiqyn.text import LANGUAGES
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.notices.models import Message
from aiqyn_portal.sections.open_data import wording as of_data
from aiqyn_portal.sections.site_audit import actions, tasks, wording
from aiqyn_portal.sections.site_audit.actions import rechecks
from aiqyn_portal.sections.site_audit.models import Run
from tests.portal.conftest import signed_in
from tests.portal.evaluation.trial import AT
from tests.portal.site_audit.audited import AS_OF, page

NOTES = rules.load()["S084"].text.notes


@pytest.fixture
def unprotected(owner):
    """The body, whose server answers at the port of HTTPS without encryption."""
    owner.site = owner.site.replace("http://", "https://")
    owner.save()
    return owner


@pytest.mark.parametrize("reason", NO_TLS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_cause_and_remedy_are_those_of_the_rule(reason, language):
    cause = f"tls_{reason}"
    with override(language):
        told = say_phrase(NOTES[reason])

        assert f"{wording.why_failed(cause)} {wording.what_to_do(cause)}".startswith(f"{told} ")
        assert wording.what_to_do(cause).endswith(str(wording.ASK_AGAIN))
        assert of_data.why_failed(cause) == of_data.why_not_harvested(cause) == told
        assert 0 < len(wording.why_failed(cause)) < len(told)


def test_cause_nobody_knows_is_told_in_general():
    for told in (wording.why_failed, of_data.why_failed):
        assert str(told("tls")) != str(told("dns"))
        assert str(told("tls_new")) == str(told("ours"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_failed_audit_tells_which_repair_is_needed(unprotected, officer, language):
    run = tasks.start_run(unprotected, by=officer, at=AT)
    actions.carry_out(run.pk)

    client = signed_in(officer)
    shown = page("site_audit:run", run.pk, language=language, client=client).text
    of_body = page("site_audit:body", unprotected.code, language=language, client=client).text

    assert Run.objects.get().failure == "tls_no_tls"
    with override(language):
        told = say_phrase(NOTES["no_tls"])
    assert told.split(". ")[1] in shown
    assert told.split(". ")[0] in shown
    assert told.split(". ")[0] in of_body
    assert told in Message.objects.get(code="site.audit_failed").text[language]


def test_command_tells_which_repair_is_needed(unprotected, officer):
    with pytest.raises(CommandError, match=r"without encryption\. Switch on TLS"), override("en"):
        call_command("audit_site", unprotected.code, "--allow-private", "--rate", "0")

    assert "Switch on TLS" in Message.objects.get().text["en"]


def test_page_read_again_tells_it_too(paper, site, workplace):
    row = paper.findings.get(rule="P004")
    address = site.replace("http://", "https://")

    seen = rechecks._look_at(row, address, AS_OF)

    assert seen == rechecks.Seen(address, "unknown", failure="tls_no_tls")
