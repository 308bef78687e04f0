"""What everybody reads: the catalogue, one set, one version, one file, one body's sets."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import Person
from aiqyn_portal.base.context import origin
from aiqyn_portal.base.formats import language
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data import (
    actions,
    counting,
    covering,
    mapping,
    permissions,
    quality,
    queries,
    shelves,
    showing,
)
from aiqyn_portal.sections.open_data.drawn_set import Seen, drawn_set
from aiqyn_portal.sections.open_data.models import Dataset, File, Use, Version
from aiqyn_portal.sections.open_data.views.acting import body_or_404, seen_file
from aiqyn_portal.sections.open_data.views.tables import embedded

SETS_OF_BODY = 50  # on one page
SHOWN_REPAIRS = 5  # on the desk of a body's officers


def home(request: HttpRequest) -> HttpResponse:
    """The catalogue: search, facets, sets."""
    wanted = shelves.asked(request.GET)
    page = Paginator(shelves.found(wanted), shelves.PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": wanted,
        "page": page,
        "sets": queries.listed(page.object_list),
        "facets": shelves.facets(wanted),
        "sorts": [(code, words) for code, (words, _) in shelves.SORTS.items()],
        "takes_part": permissions.takes_part(request.user),
        "meant": "" if page.paginator.count else shelves.meant(wanted),
    }
    return render(request, "open_data/catalogue.html", context)


def dataset(request: HttpRequest, name: str) -> HttpResponse:
    """One set as its newest version has it; a withdrawn one says why."""
    shown = queries.shown_or_404(name)
    if shown.state == Dataset.State.WITHDRAWN:
        found = queries.public_set_or_404(name)
        return render(request, "open_data/tombstone.html", {"set": found}, status=410)
    counting.note(request, shown.standing.pk, Use.Kind.VIEW)
    return _shown(request, shown)


def version(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One version of a set."""
    if not number:
        raise Http404(name)
    shown = queries.shown_or_404(name, number)
    if shown.state == Dataset.State.WITHDRAWN:
        return redirect("open_data:set", name=name)
    return _shown(request, shown)


def _shown(request: HttpRequest, shown: queries.Shown) -> HttpResponse:
    """What everybody sees is drawn once and kept; what is this reader's or counts, is not."""
    own = _own_part(request.user, shown)
    may_answer = bool(own.get("may_prepare"))
    seen = Seen(language(), origin(request), timezone.localdate(), may_answer)
    drawn = drawn_set(seen, shown.standing)
    return render(request, "open_data/set.html", {"set": shown, "drawn": drawn, **own})


def _own_part(user: Person, shown: queries.Shown) -> dict[str, bool]:
    """What a signed-in reader may do with the set."""
    if not user.is_authenticated:
        return {}
    row = Dataset.objects.select_related("body").get(pk=shown.standing.pk)
    return {
        "may_prepare": permissions.may_prepare(user, row.body),
        "may_withdraw": permissions.may_see_drafts(user, row.body),
        "in_preparation": row.versions.exclude(state=Version.State.RELEASED).exists(),
    }


def file(request: HttpRequest, name: str, number: int, filename: str) -> HttpResponse:
    """One file: rows to look through, columns with their figures, the grade."""
    found = queries.released_file_or_404(name, number, filename)
    counting.note(request, found.version.dataset_id, Use.Kind.VIEW)
    return _file(request, found)


@permissions.participants_only
def draft_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for those who prepare or review the set; personal data are masked.

    Whoever decides on them may send `exact` to see the rows of one page as they are: the journal
    keeps it.
    """
    found = seen_file(request, pk)
    if request.method != "POST" or "exact" not in request.POST or not covering.stands(found):
        return _file(request, found)
    shown = showing.numbers(found, showing.view_of(request.GET))
    actions.uncover(found, shown, by=person(request))
    return never_cache(_file)(request, found, is_exact=True)


def _file(request: HttpRequest, found: File, *, is_exact: bool = False) -> HttpResponse:
    hold = covering.stands(found)
    is_covered = hold is not None and not is_exact
    view = showing.view_of(request.GET)
    if hold:
        view = showing.View(page=view.page)
    rows = showing.rows_of(found, view, is_covered=is_covered)
    total = min(rows.total, showing.LAST_PAGE * showing.ROWS) if rows else 0
    context = {
        "file": found,
        "set": found.version.dataset,
        "version": found.version,
        "view": view,
        "rows": rows,
        "page": Paginator(range(total), showing.ROWS).get_page(view.page),
        "columns": showing.columns_of(found, rows, is_covered=hold is not None),
        "mapped": mapping.drawn(found, list(found.dictionary.all())) if rows and not hold else None,
        "table_formats": showing.TABLE_FORMATS,
        "operations": showing.OPERATION_WORDS,
        "graded": showing.graded(found, is_covered=hold is not None),
        "is_draft": not found.version.is_released,
        "embedded": embedded(request, found, showing.query_of(view)),
        "hold": hold,
        "is_covered": is_covered,
        "may_uncover": permissions.may_decide_hold(request.user, found.version.dataset.body),
        "tell_of": found.name if _is_newest(found) else "",
        "may_prepare": permissions.may_prepare(request.user, found.version.dataset.body),
    }
    return render(request, "open_data/file.html", context)


def _is_newest(found: File) -> bool:
    """Whether readers have it as the newest: what is told of it is about the newest version."""
    return found.version_id == found.version.dataset.newest_id


def body(request: HttpRequest, code: str) -> HttpResponse:
    """One body's sets: published, withdrawn, promised; its officers also see what is to do."""
    found = body_or_404(code)
    user, today = request.user, timezone.localdate()
    may_prepare = permissions.may_prepare(user, found)
    published = found.datasets.published().select_related("body", "newest")
    page = Paginator(published, SETS_OF_BODY).get_page(request.GET.get("page"))
    context = {
        "body": found,
        "page": page,
        "sets": queries.listed(page.object_list),
        "gone": found.datasets.filter(state=Dataset.State.WITHDRAWN),
        "plan": queries.plan(found, today),
        "figures": queries.figures(found, today),
        "desk": queries.desk(found, today) if may_prepare else None,
        "repairs": _first_repairs(found) if may_prepare else (),
        "may_prepare": may_prepare,
        "may_promise": permissions.may_moderate(user),
        "may_fulfil": permissions.may_see_drafts(user, found),
        "today": today,
    }
    return render(request, "open_data/body.html", context)


def _first_repairs(found: Body) -> list[quality.Repair]:
    sets = queries.judgeable().published().filter(body=found)[: queries.MOST_JUDGED]
    return quality.together(list(sets), timezone.localdate()).repairs[:SHOWN_REPAIRS]
