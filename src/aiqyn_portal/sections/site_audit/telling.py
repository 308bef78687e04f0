"""Who hears of an audit, a dispute and a decision, in the transaction of the act."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from aiqyn import rules
from aiqyn_portal.accounts.queries import evaluators
from aiqyn_portal.base.fields import in_all
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.deadlines.queries import officers_of
from aiqyn_portal.evidence.models import Audit, FindingRow
from aiqyn_portal.notices.actions import Notice, tell
from aiqyn_portal.sections.site_audit.history import Step, step_of
from aiqyn_portal.sections.site_audit.models import Reply, Ruling


def audited(audit: Audit) -> None:
    """Officers of the body hear of every audit, its followers where a rule has turned."""
    step = step_of(audit)
    is_news = step.before is None or step.fixed or step.new
    tell(
        Notice(
            code="site.audited",
            key=f"site.audited:{audit.pk}",
            title=in_all(lambda: _("The site has been audited: %(body)s") % {"body": audit.body}),
            text=in_all(_text_of(step)),
            topics=[f"body:{audit.body.code}"] if is_news else [],
            to=officers_of(audit.body),
            view="site_audit:audit",
            arguments={"pk": audit.pk},
        )
    )


def disputed(reply: Reply) -> None:
    """Evaluators hear that a finding waits for their decision."""
    row = reply.finding
    tell(
        Notice(
            code="finding.disputed",
            key=f"finding.disputed:{reply.pk}",
            title=in_all(_title_of(row, lambda: _("A finding is disputed: %(rule)s, %(body)s"))),
            text=in_all(lambda: reply.text),
            to=evaluators(),
            view="site_audit:ruling",
            arguments={"pk": reply.pk},
        )
    )


def ruled(ruling: Ruling, row: FindingRow) -> None:
    """Officers of the body hear what was decided on a finding: the disputed one or a later one."""
    tell(
        Notice(
            code="dispute.ruled",
            key=f"dispute.ruled:{ruling.pk}:{row.pk}",
            title=in_all(_title_of(row, lambda: _("A dispute is decided: %(rule)s, %(body)s"))),
            text=in_all(lambda: f"{ruling.get_decision_display()}. {ruling.reason}"),
            to=officers_of(row.body),
            view="site_audit:finding",
            arguments={"pk": row.pk},
        )
    )


def _text_of(step: Step) -> Callable[[], str]:
    share = "–" if step.share is None else f"{step.share}\u00a0%"
    said = {"share": share, "fixed": step.fixed, "new": step.new}
    if step.before is None:
        return lambda: _("Rules passed: %(share)s.") % said
    return lambda: (
        _(
            "Rules passed: %(share)s. Repaired since the audit before: %(fixed)s, "
            "broken anew: %(new)s."
        )
        % said
    )


def _title_of(row: FindingRow, words: Callable[[], str]) -> Callable[[], str]:
    known = rules.load().get(row.rule)

    def title() -> str:
        rule = f"{row.rule} {say_phrase(known.text.title)}" if known else row.rule
        return words() % {"rule": rule, "body": row.body}

    return title
