"""Preparing a set: a file, the passport, the dictionary, the grade, and then the review."""

from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officers_only
from aiqyn_portal.base.acting import attempt, press, refuse_unless, sent
from aiqyn_portal.base.middleware import takes_up_to
from aiqyn_portal.sections.open_data import (
    actions,
    breaking,
    covering,
    permissions,
    prefill,
    queries,
    showing,
    tasks,
)
from aiqyn_portal.sections.open_data.forms import (
    ColumnsForm,
    NoteForm,
    PassportForm,
    SourceForm,
    WithdrawForm,
    initial_of,
)
from aiqyn_portal.sections.open_data.models import Column, Dataset, File, Version
from aiqyn_portal.sections.open_data.refusals import ColumnsEditedMeanwhile
from aiqyn_portal.sections.open_data.views.acting import (
    body_or_404,
    open_version,
    own_set,
    seen_file,
)

COLUMNS_A_PAGE = 50  # of seven fields, each twice; a form has a thousand fields at most
REFRESH_S = 2  # seconds between two looks at files being read


@officers_only
@takes_up_to("OPEN_DATA_MEGABYTES")
def start(request: HttpRequest, code: str) -> HttpResponse:
    """The first step: a file or an address."""
    body = body_or_404(code)
    refuse_unless(permissions.may_prepare(request.user, body))
    form = SourceForm(**sent(request))
    begun: list[Dataset] = []

    def begin() -> None:
        row = actions.start_set(body, _said_name(form), by=person(request), at=timezone.now())
        _add_source(row.versions.get(), form, request)
        begun.append(row)

    if attempt(request, form, queries.all_or_nothing(begin), _("The file is being read.")):
        return redirect("open_data:prepare", name=begun[0].name)
    return render(request, "open_data/start.html", {"body": body, "form": form})


def _said_name(form: SourceForm) -> str:
    upload = form.cleaned_data["upload"]
    said = upload.name if upload else form.cleaned_data["link"].rpartition("/")[2]
    return str(said).rpartition(".")[0] or str(said)


def _add_source(version: Version, form: SourceForm, request: HttpRequest) -> None:
    """Add what the form names to the version and have it read."""
    upload, at = form.cleaned_data["upload"], timezone.now()
    if upload:
        tasks.upload(version, upload.name or "", upload.read(), by=person(request), at=at)
    else:
        tasks.link(version, form.cleaned_data["link"], by=person(request), at=at)


@officers_only
def prepare(request: HttpRequest, name: str) -> HttpResponse:
    """Where a set in preparation stands: files, grade, what is still missing."""
    row = own_set(request, name)
    version = open_version(row)
    files = list(version.files.select_related("hold").prefetch_related("dictionary"))
    is_live = any(file.is_live for file in files)
    context = {
        "set": row,
        "version": version,
        "files": [(file, showing.graded(file)) for file in files],
        "form": SourceForm(),
        "note": NoteForm(initial=version.note),
        "broken": breaking.broken(version),
        "missing": queries.missing_in_passport(row),
        "refresh": REFRESH_S if is_live and "still" not in request.GET else 0,
        "is_live": is_live,
    }
    return render(request, "open_data/prepare.html", context)


@officers_only
@require_POST
@takes_up_to("OPEN_DATA_MEGABYTES")
def add_file(request: HttpRequest, name: str) -> HttpResponse:
    """One more file for the version in preparation."""
    row = own_set(request, name)
    version = open_version(row)
    form = SourceForm(**sent(request))
    add = queries.all_or_nothing(lambda: _add_source(version, form, request))
    if attempt(request, form, add, _("The file is being read.")):
        return redirect("open_data:prepare", name=name)
    return render(request, "open_data/start.html", {"body": row.body, "set": row, "form": form})


@officers_only
@require_POST
def remove_file(request: HttpRequest, pk: int) -> HttpResponse:
    file = seen_file(request, pk)
    name = file.version.dataset.name
    own_set(request, name)
    remove = lambda: actions.remove_file(file, by=person(request))  # noqa: E731
    press(request, remove, _("The file has been taken out."))
    return redirect("open_data:prepare", name=name)


@officers_only
def passport(request: HttpRequest, name: str) -> HttpResponse:
    """The passport; filled with what the file tells until an officer has said more."""
    row = own_set(request, name)
    form = PassportForm(**sent(request), initial=_initial(row))
    others: list[tuple[str, object]] = []
    if form.is_bound and form.is_valid():
        try:
            done = _("The passport is saved.")
            if attempt(request, form, _saving(row, form, request), done):
                return _onward(row)
        finally:
            row.refresh_from_db()
        if row.edition != form.cleaned_data["edition"]:
            others = _written_meanwhile(row, form)
            again = request.POST.copy()
            again["edition"] = str(row.edition)  # the next attempt knows what is there
            form.data = again
    context = {"set": row, "form": form, "others": others}
    return render(request, "open_data/passport.html", context)


def _saving(row: Dataset, form: PassportForm, request: HttpRequest) -> Callable[[], object]:
    seen = form.cleaned_data["edition"]
    by, at = person(request), timezone.now()
    return lambda: actions.change_passport(row, form.passport(), seen=seen, by=by, at=at)


def _initial(row: Dataset) -> dict[str, object]:
    shown = initial_of(row)
    if row.edition == 1 and row.newest_id is None:
        told = prefill.guesses(row.versions.get())
        shown |= {name: said for name, said in told.items() if not shown.get(name)}
        shown["places"] = shown["places"] or row.body.kato
    return shown


def _written_meanwhile(row: Dataset, form: PassportForm) -> list[tuple[str, object]]:
    """Fields another officer has left otherwise than this form has them: label, their text."""
    theirs = initial_of(row)
    differing = []
    for field in form.visible_fields():
        said = theirs[field.name]
        shown = ", ".join(said) if isinstance(said, list) else said
        if str(said or "") != str(field.value() or ""):
            differing.append((str(field.label), shown or "–"))
    return differing


def _onward(row: Dataset) -> HttpResponse:
    in_preparation = row.versions.exclude(state=Version.State.RELEASED).exists()
    return redirect("open_data:prepare" if in_preparation else "open_data:set", name=row.name)


@officers_only
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """The dictionary of one file, a page at a time; going to another page saves this one."""
    file = seen_file(request, pk)
    own_set(request, file.version.dataset.name)
    page = Paginator(file.dictionary.all(), COLUMNS_A_PAGE).get_page(request.GET.get("page"))
    form = ColumnsForm(**sent(request), columns=_named(file, page))
    if attempt(request, form, _describing(file, form, request), _("The dictionary is saved.")):
        if onward := request.POST.get("go", ""):
            return redirect(f"{request.path}?{urlencode({'page': onward[:9]})}")
        return _onward(file.version.dataset)
    context = {"file": file, "set": file.version.dataset, "form": form, "page": page}
    return render(request, "open_data/columns.html", context)


def _describing(file: File, form: ColumnsForm, request: HttpRequest) -> Callable[[], object]:
    by, at = person(request), timezone.now()

    def save() -> None:
        try:
            actions.describe_columns(file, form.words(), seen=form.seen(), by=by, at=at)
        except ColumnsEditedMeanwhile as refusal:
            form.show_theirs(refusal.theirs)
            raise

    return save


def _named(file: File, page: Iterable[Column]) -> list[Column]:
    """The columns of the page; a header may name people as well as the rows below it."""
    rows = list(page)
    for each in rows if covering.stands(file) else ():
        each.name = str(covering.masked(each.name))
    return rows


@officers_only
@require_POST
def note(request: HttpRequest, name: str) -> HttpResponse:
    """What is new in the version."""
    version = open_version(own_set(request, name))
    form = NoteForm(**sent(request))
    if form.is_valid():
        save = lambda: actions.set_note(version, form.note(), by=person(request))  # noqa: E731
        press(request, save, _("The note is saved."))
    return redirect("open_data:prepare", name=name)


@officers_only
@require_POST
def submit(request: HttpRequest, name: str) -> HttpResponse:
    version = open_version(own_set(request, name))
    hand_in = lambda: actions.submit(version, by=person(request), at=timezone.now())  # noqa: E731
    press(request, hand_in, _("The set has been handed in for review."))
    return redirect("open_data:prepare", name=name)


@officers_only
@require_POST
def new_version(request: HttpRequest, name: str) -> HttpResponse:
    row = own_set(request, name)
    begin = lambda: actions.start_version(row, by=person(request), at=timezone.now())  # noqa: E731
    press(request, begin, _("Add the new files; the version readers see stays until they are out."))
    in_preparation = row.versions.exclude(state=Version.State.RELEASED).exists()
    return redirect("open_data:prepare" if in_preparation else "open_data:set", name=name)


@officers_only
def discard(request: HttpRequest, name: str) -> HttpResponse:
    """Ask whether a set that was never published is to be deleted, and delete it."""
    row = own_set(request, name)
    if row.published_at:
        raise Http404(name)
    form = forms.Form(**sent(request))
    throw = lambda: actions.discard(row, by=person(request))  # noqa: E731
    if attempt(request, form, throw, _("The draft is deleted.")):
        return redirect("open_data:body", code=row.body.code)
    context = {"set": row, "form": form, "files": File.objects.filter(version__dataset=row)}
    return render(request, "open_data/discard.html", context)


@permissions.participants_only
def withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """Take a set out of the catalogue with a reason."""
    row = queries.public_set_or_404(name)
    refuse_unless(permissions.may_see_drafts(request.user, row.body))
    form = WithdrawForm(**sent(request))
    if attempt(request, form, _withdrawing(row, form, request), _("The set is withdrawn.")):
        return redirect("open_data:set", name=name)
    return render(request, "open_data/withdraw.html", {"set": row, "form": form})


def _withdrawing(row: Dataset, form: forms.Form, request: HttpRequest) -> Callable[[], object]:
    by, at = person(request), timezone.now()
    return lambda: actions.withdraw(row, form.cleaned_data["reason"], by=by, at=at)
