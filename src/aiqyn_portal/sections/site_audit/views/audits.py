"""Reading audits: all bodies, one body through time, one audit, one finding, two audits."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from aiqyn import rules
from aiqyn.text import Text
from aiqyn_portal.base.formats import say_date, say_phrase
from aiqyn_portal.base.shared import same_for_all
from aiqyn_portal.evidence.models import Audit, FindingRow
from aiqyn_portal.sections.site_audit import families, history, permissions, queries
from aiqyn_portal.sections.site_audit.actions.rechecks import can_be_rechecked
from aiqyn_portal.sections.site_audit.advice import Advice, advise, valued
from aiqyn_portal.sections.site_audit.aspects import published_reviews
from aiqyn_portal.sections.site_audit.earlier import earlier_ruling
from aiqyn_portal.sections.site_audit.forms import PairForm
from aiqyn_portal.sections.site_audit.models import Recheck, Reply
from aiqyn_portal.sections.site_audit.places import remarks
from aiqyn_portal.sections.site_audit.promises import promises
from aiqyn_portal.sections.site_audit.queries import Chapter, Line
from aiqyn_portal.sections.site_audit.templatetags.site_audit import percent
from aiqyn_portal.sections.site_audit.views.acting import (
    BODIES_PER_PAGE,
    REFRESH_S,
    audit_or_404,
    body_or_404,
    finding_or_404,
)

WORST_PAGES = 10  # on the page of an audit
PER_PAGE = 50  # on the page of all pages
WATCHED_FOR = timedelta(minutes=30)  # a recheck; what takes longer is looked for by hand


@same_for_all
def audits(request: HttpRequest) -> HttpResponse:
    """The newest audit of every body: the share of rules passed, by family of rules."""
    sort, words = request.GET.get("sort", "body")[:40], request.GET.get("q", "")[:100].strip()
    found = families.table()
    titles = rules.families()
    rows = found.sorted(sort, words)
    columns = [(code, titles[code]) for code in found.families]
    page = Paginator(rows, BODIES_PER_PAGE).get_page(request.GET.get("page"))
    are_invented = {row.is_example for row in found.rows}
    context = {
        "has_audits": bool(found.rows),
        "page": page,
        "lines": _lines(page, columns),
        "is_long": len(found.rows) > BODIES_PER_PAGE,
        "words": words,
        "are_invented": are_invented == {True},
        "are_mixed": are_invented == {True, False},
        "most_broken": found.most_broken,
        "columns": columns,
        "sorts": [("all", gettext("All rules")), *((code, say_phrase(of)) for code, of in columns)],
        "sort": sort,
        "is_auditor": permissions.is_auditor(request.user),
    }
    return render(request, "site_audit/audits.html", context)


class BodyLine(NamedTuple):
    """A body in the table in words: equal ones are drawn once."""

    code: str
    name: str
    audit: int
    day: str
    cells: tuple[tuple[str, int, str], ...]  # of which family, shade, share


def _lines(rows: Iterable[families.Row], columns: Sequence[tuple[str, Text]]) -> list[BodyLine]:
    codes = [code for code, _ in columns]
    titles = [gettext("All rules"), *(say_phrase(title) for _, title in columns)]
    lines = []
    for row in rows:
        told = zip(titles, row.cells(codes), strict=True)
        cells = tuple((of, cell.heat, percent(cell.share)) for of, cell in told)
        lines.append(BodyLine(row.code, str(row.name), row.pk, say_date(row.as_of), cells))
    return lines


@same_for_all
def body(request: HttpRequest, code: str) -> HttpResponse:
    """The newest audit of one body in short, and all of them as a time line."""
    found = body_or_404(code)
    listed = queries.audits_of(found)
    may_run = permissions.may_run(request.user, found)
    context = {
        "body": found,
        "audits": listed,
        "elsewhere": queries.audits_elsewhere(found) if may_run else [],
        "steps": history.time_line(listed),
        "pair": PairForm(audits=listed, initial=_newest_pair(listed)),
        "may_run": may_run,
        "is_auditor": permissions.is_auditor(request.user),
        "topic": f"body:{found.code}",
        "run": queries.newest_run(found) if may_run else None,
    }
    if listed:
        newest = listed[0]
        newest.body = found
        lines, advice, _ = _advice(newest, request)
        context |= {
            "newest": newest,
            "advice": advice,
            "promises": promises(found, newest, lines, timezone.localdate()),
        }
    return render(request, "site_audit/body.html", context)


def _newest_pair(listed: list[Audit]) -> dict[str, int]:
    return {"newer": listed[0].pk, "older": listed[1].pk} if len(listed) > 1 else {}


def _advice(audit: Audit, request: HttpRequest) -> tuple[list[Line], Advice, list[Chapter]]:
    lines = queries.lines_of(audit, request.user)
    chapters = queries.chapters(lines)
    report = queries.report_with(audit, [line.finding for line in lines])
    return lines, advise(report, chapters), chapters


@same_for_all
def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """One audit: what is good, what to repair first, every rule by family."""
    found = audit_or_404(request, pk)
    lines, advice, chapters = _advice(found, request)
    by_remarks = remarks(lines, found.start)
    context = {
        "audit": found,
        "edition": queries.edition_of(found),
        "ended": queries.ended(lines),
        "share": queries.share_of(line.finding for line in lines),
        "chapters": chapters,
        "pages": by_remarks[:WORST_PAGES],
        "more_pages": len(by_remarks) > WORST_PAGES,
        "undrawn": queries.undrawn(lines),
        "advice": advice,
        "gains": advice.gains,
        "is_newest": queries.is_newest(found),
        "is_reviewed": bool(published_reviews(found.pk)),
        "is_auditor": permissions.is_auditor(request.user),
    }
    return render(request, "site_audit/audit.html", context)


@same_for_all
def repairs(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything to be repaired, most points first, with the days the body has named: for print."""
    found = audit_or_404(request, pk)
    lines, advice, _ = _advice(found, request)
    is_newest = queries.is_newest(found)
    said = promises(found.body, found, lines, timezone.localdate()) if is_newest else []
    days = {promise.line.finding.rule: promise.day for promise in said}
    context = {
        "audit": found,
        "advice": advice,
        "repairs": [(each, days.get(each.line.finding.rule)) for each in advice.repairs],
        "is_newest": is_newest,
    }
    return render(request, "site_audit/repairs.html", context)


def pages(request: HttpRequest, pk: int) -> HttpResponse:
    """One audit page by page: what is wrong on each, the page with most remarks first."""
    found = audit_or_404(request, pk)
    lines = queries.lines_of(found, request.user)
    context = {
        "audit": found,
        "page": Paginator(remarks(lines, found.start), PER_PAGE).get_page(request.GET.get("page")),
        "unlisted": sum(line.finding.more for line in lines if line.is_broken),
    }
    return render(request, "site_audit/pages.html", context)


def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding: what was asked, what was seen, what the body says, what was decided."""
    ruled = FindingRow.objects.filter(pk=pk, overrides__isnull=False).first()
    if ruled is not None:
        return redirect("site_audit:finding", pk=ruled.overrides_id)
    row = finding_or_404(request, pk)
    known = rules.load().get(row.rule)
    if known is None or row.audit is None:
        raise Http404(pk)
    counting = getattr(row, "overridden_by", None)
    edition = queries.edition_of(row.audit)
    is_open = row.outcome in queries.BROKEN and counting is None
    value = valued(queries.report_of(row.audit)) if is_open else None  # all findings are read
    replies = list(queries.replies_to(row))
    rechecks = list(row.rechecks.all()[:5])
    context = {
        "row": row,
        "audit": row.audit,
        "line": queries.line_of(row, known, request.user),
        "counting": counting,
        "requirements": [each for each in edition.requires if each.rule == row.rule],
        "family": rules.families()[known.text.family],
        "gain": value.gains.get(row.rule) if value else None,
        "worth": value,
        "replies": replies,
        **queries.newer(row),
        **_earlier(request, row, is_open=is_open),
        "rechecks": rechecks,
        "refresh": _refresh(request, rechecks),
        **_may(request, row, replies, is_open=is_open),
    }
    return render(request, "site_audit/finding_page.html", context)


def _refresh(request: HttpRequest, rechecks: list[Recheck]) -> int:
    """Seconds between two looks; 0 where nothing is under way, nobody does it or none is wanted."""
    since = timezone.now() - WATCHED_FOR
    is_awaited = any(each.is_live and each.asked_at > since for each in rechecks)
    return REFRESH_S if is_awaited and "still" not in request.GET else 0


def _earlier(request: HttpRequest, row: FindingRow, *, is_open: bool) -> dict[str, object]:
    """What was decided before on the same places, and whether this reader may decide so again."""
    earlier = earlier_ruling(row)
    is_newest = row.audit is not None and queries.is_newest(row.audit)
    may = earlier is not None and earlier.row_id is not None and is_open and is_newest
    return {"earlier": earlier, "may_carry": may and permissions.is_auditor(request.user)}


def _may(
    request: HttpRequest, row: FindingRow, replies: list[Reply], *, is_open: bool
) -> dict[str, bool]:
    """What this reader may do with the finding."""
    user, of = request.user, row.body
    assert row.audit is not None  # noqa: S101  the view has seen to it
    is_waiting = any(
        reply.kind == Reply.Kind.DISPUTE and getattr(reply, "ruling", None) is None
        for reply in replies
    )
    may_answer = is_open and not is_waiting and permissions.may_reply(user, of)
    return {
        "may_reply": may_answer and queries.is_newest(row.audit),
        "may_rule": is_waiting and permissions.is_auditor(user),
        "may_recheck": is_open and permissions.may_run(user, of) and can_be_rechecked(row),
    }


def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two audits of one body beside each other; the newest two unless others are chosen."""
    found = body_or_404(code)
    listed = queries.audits_of(found)
    by_pk = {each.pk: each for each in listed}
    form = PairForm(_chosen(request, listed), audits=listed)
    context: dict[str, object] = {"body": found, "audits": listed, "pair": form}
    if len(listed) > 1 and form.is_valid():
        older, newer = (by_pk[form.cleaned_data[name]] for name in ("older", "newer"))
        for each in (older, newer):
            each.body = found
        context |= {
            "older": older,
            "newer": newer,
            "comparison": history.compared(older, newer, request.user),
        }
    return render(request, "site_audit/compare.html", context)


def _chosen(request: HttpRequest, listed: list[Audit]) -> dict[str, object]:
    newest: dict[str, object] = dict(_newest_pair(listed))
    return newest | {name: request.GET[name] for name in ("older", "newer") if name in request.GET}
