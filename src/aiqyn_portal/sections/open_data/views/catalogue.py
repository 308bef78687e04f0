"""What everybody reads: the catalogue, one set, one version, one file, one body's sets."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from aiqyn_portal.accounts.permissions import signed_in_only
from aiqyn_portal.base.acting import press
from aiqyn_portal.sections.open_data import (
    actions,
    counting,
    permissions,
    queries,
    shelves,
    showing,
)
from aiqyn_portal.sections.open_data.models import Dataset, File, Follow, Use, Version
from aiqyn_portal.sections.open_data.views.acting import body_or_404, person, seen_file

SHOWN_PROBLEMS = 20
FIRST_ROWS = 10  # of the table on the page of a set


def home(request: HttpRequest) -> HttpResponse:
    """The catalogue: search, facets, sets."""
    wanted = shelves.asked(request.GET)
    page = Paginator(shelves.found(wanted), shelves.PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": wanted,
        "page": page,
        "sets": queries.with_files(page.object_list),
        "facets": shelves.facets(wanted),
        "sorts": [(code, words) for code, (words, _) in shelves.SORTS.items()],
        "takes_part": permissions.takes_part(request.user),
    }
    return render(request, "open_data/catalogue.html", context)


def dataset(request: HttpRequest, name: str) -> HttpResponse:
    """One set as its newest version has it; a withdrawn one says why."""
    found = queries.public_set_or_404(name)
    if found.state == Dataset.State.WITHDRAWN:
        return render(request, "open_data/tombstone.html", {"set": found}, status=410)
    counting.note(request, found, Use.Kind.VIEW)
    return _shown(request, found, found.newest)


def version(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One version of a set."""
    found = queries.released_or_404(name, number)
    if found.dataset.state == Dataset.State.WITHDRAWN:
        return redirect("open_data:set", name=name)
    return _shown(request, found.dataset, found)


def _shown(request: HttpRequest, row: Dataset, released: Version | None) -> HttpResponse:
    files = queries.free_files(released) if released else []
    first = next((file for file in files if file.has_table), None)
    rows = showing.rows_of(first, showing.View(), limit=FIRST_ROWS) if first else None
    user = request.user
    context = {
        "set": row,
        "version": released,
        "is_newest": released is not None and released.pk == row.newest_id,
        "files": [(file, showing.graded(file)) for file in files],
        "first": first,
        "rows": rows,
        "columns": showing.columns_of(first, rows) if first else (),
        "versions": row.versions.filter(state=Version.State.RELEASED),
        "used": queries.uses_of(row),
        "problems": row.problems.all()[:SHOWN_PROBLEMS],
        "may_prepare": permissions.may_prepare(user, row.body),
        "may_withdraw": permissions.may_see_drafts(user, row.body),
        "in_preparation": row.versions.exclude(state=Version.State.RELEASED).exists(),
        "follows": user.is_authenticated and Follow.objects.filter(dataset=row, user=user).exists(),
        "today": timezone.localdate(),
    }
    return render(request, "open_data/set.html", context)


def file(request: HttpRequest, name: str, number: int, filename: str) -> HttpResponse:
    """One file: rows to look through, columns with their figures, the grade."""
    found = queries.released_file_or_404(name, number, filename)
    counting.note(request, found.version.dataset, Use.Kind.VIEW)
    return _file(request, found)


@permissions.participants_only
def draft_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for those who prepare or review the set."""
    return _file(request, seen_file(request, pk))


def _file(request: HttpRequest, found: File) -> HttpResponse:
    view = showing.view_of(request.GET)
    rows = showing.rows_of(found, view)
    total = min(rows.total, showing.LAST_PAGE * showing.ROWS) if rows else 0
    context = {
        "file": found,
        "set": found.version.dataset,
        "version": found.version,
        "view": view,
        "rows": rows,
        "page": Paginator(range(total), showing.ROWS).get_page(view.page),
        "columns": showing.columns_of(found, rows),
        "table_formats": showing.TABLE_FORMATS,
        "operations": showing.OPERATION_WORDS,
        "graded": showing.graded(found),
        "is_draft": not found.version.is_released,
        "hold": getattr(found, "hold", None),
        "may_prepare": permissions.may_prepare(request.user, found.version.dataset.body),
    }
    return render(request, "open_data/file.html", context)


def body(request: HttpRequest, code: str) -> HttpResponse:
    """One body's sets: published, withdrawn, promised; its officers also see what is to do."""
    found = body_or_404(code)
    user, today = request.user, timezone.localdate()
    may_prepare = permissions.may_prepare(user, found)
    context = {
        "body": found,
        "sets": queries.with_files(found.datasets.published().select_related("body", "newest")),
        "gone": found.datasets.filter(state=Dataset.State.WITHDRAWN),
        "plan": queries.plan(found, today),
        "figures": queries.figures(found, today),
        "desk": queries.desk(found, today) if may_prepare else None,
        "may_prepare": may_prepare,
        "may_promise": permissions.may_moderate(user),
        "may_fulfil": permissions.may_see_drafts(user, found),
        "today": today,
    }
    return render(request, "open_data/body.html", context)


@signed_in_only
@require_POST
def follow(request: HttpRequest, name: str) -> HttpResponse:
    """Begin to follow a set, or stop."""
    row, by = queries.public_set_or_404(name), person(request)
    if "stop" in request.POST:
        press(request, lambda: actions.unfollow(row, by=by), _("You no longer follow this set."))
    else:
        at = timezone.now()
        press(request, lambda: actions.follow(row, by=by, at=at), _("You follow this set."))
    return redirect("open_data:set", name=name)
