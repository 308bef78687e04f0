"""Who hears of an audit, a dispute and a decision, in the transaction of the act."""

from collections.abc import Callable, Iterable

from django.db.models import Max
from django.utils.translation import gettext as _

from aiqyn import rules
from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.queries import evaluators
from aiqyn_portal.base.fields import in_all
from aiqyn_portal.base.formats import say_date, say_phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines.queries import officers_of
from aiqyn_portal.evidence.models import Audit, FindingRow
from aiqyn_portal.notices.actions import Notice, tell
from aiqyn_portal.sections.site_audit import wording
from aiqyn_portal.sections.site_audit.history import Step, step_of
from aiqyn_portal.sections.site_audit.models import Reply, Ruling, Run, Schedule
from aiqyn_portal.sections.site_audit.promises import Promise
from aiqyn_portal.sections.site_audit.queries import is_newest


def audited(audit: Audit, run: Run | None = None) -> None:
    """Officers hear of an audit somebody asked for; of any other where anything changed.

    Followers of the body hear where a rule has turned. What is not the newest is no news: judged
    on an earlier day, or of an address that is not the body's site.
    """
    if not is_newest(audit):
        return
    step = step_of(audit)
    has_turned = step.before is None or step.fixed or step.new
    was_asked_for = run is not None and run.asked_by is not None
    if not was_asked_for and not has_turned and not _failed_before(run):
        return
    tell(
        Notice(
            code="site.audited",
            key=f"site.audited:{audit.pk}",
            title=in_all(lambda: _("The site has been audited: %(body)s") % {"body": audit.body}),
            text=in_all(_text_of(step)),
            topics=[f"body:{audit.body.code}"] if has_turned else [],
            to=[*officers_of(audit.body), *_who_asked(run)],
            view="site_audit:audit",
            arguments={"pk": audit.pk},
        )
    )


def failed(run: Run) -> None:
    """Officers, and whoever had the site audited, hear why it failed and what to do.

    Who has heard so of the audit before hears it again only after asking again.
    """
    before = _ended_before(run)
    is_known = before is not None and before.failure == run.failure
    asked = [run.asked_by] if run.asked_by else []
    to = asked if is_known else [*officers_of(run.body), *_who_asked(run)]
    if to:
        tell(_of_run(run, "site.audit_failed", _failed_title, lambda: _why(run.failure), to))


def could_not_be_read(body: Body, cause: str) -> None:
    """Officers hear that the command found their site unreadable, once until it is audited."""
    newest = Audit.objects.filter(body=body).aggregate(pk=Max("pk"))["pk"] or 0
    tell(
        Notice(
            code="site.audit_failed",
            key=f"site.audit_failed:{body.code}:{cause}:{newest}",
            title=in_all(lambda: _failed_title() % {"body": body}),
            text=in_all(lambda: _why(cause)),
            to=officers_of(body),
            view="site_audit:body",
            arguments={"code": body.code},
        )
    )


def cancelled(run: Run) -> None:
    """Officers, and whoever had asked, hear that there will be no audit, but not who stopped it."""
    to = [*officers_of(run.body), *_who_asked(run)]
    others = [user for user in to if user.pk != run.cancelled_by_id]
    if others:
        tell(
            _of_run(
                run,
                "site.audit_cancelled",
                lambda: _("The audit of the site was cancelled: %(body)s"),
                lambda: _("Nothing was kept. The audit can be asked for again at any time."),
                others,
            )
        )


def _of_run(
    run: Run, code: str, title: Callable[[], str], text: Callable[[], str], to: Iterable[User]
) -> Notice:
    return Notice(
        code=code,
        key=f"{code}:{run.pk}",
        title=in_all(lambda: title() % {"body": run.body}),
        text=in_all(text),
        to=to,
        view="site_audit:run",
        arguments={"pk": run.pk},
    )


def _failed_title() -> str:
    return _("The site could not be audited: %(body)s")


def _why(cause: str) -> str:
    said = (wording.why_failed(cause), wording.what_to_do(cause), wording.NO_BLAME)
    return " ".join(map(str, said))


def _who_asked(run: Run | None) -> list[User]:
    """Whoever asked for the audit, or set the schedule that did."""
    if run is None:
        return []
    if run.asked_by:
        return [run.asked_by]
    schedule = Schedule.objects.filter(body=run.body_id).select_related("set_by").first()
    return [schedule.set_by] if schedule else []


def _ended_before(run: Run) -> Run | None:
    ends = (Run.State.DONE, Run.State.FAILED)
    return Run.objects.filter(body=run.body_id, pk__lt=run.pk, state__in=ends).first()


def _failed_before(run: Run | None) -> bool:
    before = _ended_before(run) if run else None
    return before is not None and before.state == Run.State.FAILED


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


def repair_due(promise: Promise, stage: str) -> None:
    """Officers hear that a repair they have promised is due "soon", "today", or "passed" unseen."""
    row, day = promise.line.row, promise.day
    titles: dict[str, Callable[[], str]] = {
        "soon": lambda: _("A repair is promised by %(day)s: %(rule)s, %(body)s"),
        "today": lambda: _("The repair was promised by today: %(rule)s, %(body)s"),
        "passed": lambda: _("The day of a promised repair has passed: %(rule)s, %(body)s"),
    }
    tell(
        Notice(
            code="repair.due",
            key=f"repair.due:{promise.reply.pk}:{stage}",
            title=in_all(_title_of(row, titles[stage], lambda: {"day": say_date(day)})),
            text=in_all(
                lambda: _(
                    "Once it is repaired, have the site audited: only an audit says that the "
                    "promise is kept. If it takes longer, name another day on the page of the "
                    "finding."
                )
            ),
            to=officers_of(row.body),
            view="site_audit:finding",
            arguments={"pk": promise.line.page},
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


def _title_of(
    row: FindingRow, words: Callable[[], str], more: Callable[[], dict[str, str]] = dict
) -> Callable[[], str]:
    known = rules.load().get(row.rule)

    def title() -> str:
        rule = f"{row.rule} {say_phrase(known.text.title)}" if known else row.rule
        return words() % ({"rule": rule, "body": row.body} | more())

    return title
