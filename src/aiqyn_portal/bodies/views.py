"""An administrator's pages of the registry, under /manage/bodies/."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from aiqyn.registry.bodies import BODY_COLUMNS, read_bodies
from aiqyn_portal.base.formats import language, say_date
from aiqyn_portal.base.guard import administrators_only
from aiqyn_portal.bodies import actions, queries
from aiqyn_portal.bodies.forms import (
    AccountForm,
    BodyForm,
    CloseForm,
    NewBodyForm,
    RenameForm,
    UploadForm,
)
from aiqyn_portal.bodies.models import Account, Body

PER_PAGE = 50
LONGEST_SEARCH = 200
LONGEST_ORIGIN = 200  # what the trail keeps of a file's name


@administrators_only
def manage(request: HttpRequest) -> HttpResponse:
    """The list, searchable."""
    text, kind = (request.GET.get(key, "").replace("\0", "") for key in ("q", "kind"))
    text = text.strip()[:LONGEST_SEARCH]
    found = queries.found_bodies(text, kind=kind, language=language())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "bodies/manage.html",
        {"page": page, "text": text, "kind": kind, "kinds": Body.Kind.choices},
    )


@administrators_only
def body(request: HttpRequest, code: str) -> HttpResponse:
    """Everything the registry holds of one body."""
    found = _body(code)
    return render(
        request,
        "bodies/body.html",
        {
            "body": found,
            "names": found.names.all(),
            "accounts": found.accounts.all(),
            "children": found.children.in_alphabet(language()),
        },
    )


@administrators_only
def create(request: HttpRequest) -> HttpResponse:
    form = NewBodyForm(_sent(request), language=language())
    if not form.is_valid():
        return _form_page(request, form, title=_("New state body"))
    fields = form.body_fields() | {"code": form.cleaned_data["code"], "name": form.phrase("name")}
    made = actions.create_body(request.user, fields)
    messages.success(request, _("The body is in the registry."))
    return redirect("bodies:body", made.code)


@administrators_only
def edit(request: HttpRequest, code: str) -> HttpResponse:
    found = _body(code)
    form = BodyForm(_sent(request), body=found, language=language(), initial=_initial(found))
    if not form.is_valid():
        return _form_page(request, form, title=_("Edit"), body=found)
    changed = actions.edit_body(request.user, found, form.body_fields())
    messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
    return redirect("bodies:body", code)


@administrators_only
def rename(request: HttpRequest, code: str) -> HttpResponse:
    found = _body(code)
    initial = {f"name_{language}": words for language, words in found.name.items()}
    form = RenameForm(_sent(request), initial=initial)
    if form.is_valid() and _rename(request, form, found):
        messages.success(request, _("The body bears its new name; the old one is kept."))
        return redirect("bodies:body", code)
    return _form_page(request, form, title=_("Rename"), body=found)


def _rename(request: HttpRequest, form: RenameForm, found: Body) -> bool:
    since, source = form.cleaned_data["since"], form.cleaned_data["source"]
    try:
        actions.rename_body(request.user, found, form.phrase("name"), since=since, source=source)
    except actions.NewNameIsTooEarly as refused:
        form.add_error(
            "since",
            _("The earliest possible day is %(day)s.") % {"day": say_date(refused.earliest)},
        )
        return False
    return True


@administrators_only
def close(request: HttpRequest, code: str) -> HttpResponse:
    found = _body(code)
    form = CloseForm(_sent(request), body=found)
    if form.is_valid() and _close(request, form, found):
        messages.success(request, _("The body is closed; its history and ratings stay."))
        return redirect("bodies:body", code)
    return _form_page(request, form, title=_("Close"), body=found)


def _close(request: HttpRequest, form: CloseForm, found: Body) -> bool:
    try:
        actions.close_body(request.user, found, last_day=form.cleaned_data["last_day"])
    except actions.BodyHasSubordinates as refused:
        names = ", ".join(str(below) for below in refused.bodies)
        form.add_error("last_day", _("Bodies under it still exist: %(names)s.") % {"names": names})
        return False
    return True


@administrators_only
def add_account(request: HttpRequest, code: str) -> HttpResponse:
    found = _body(code)
    form = AccountForm(_sent(request), body=found)
    if not form.is_valid():
        return _form_page(request, form, title=_("Add an account"), body=found)
    actions.add_account(request.user, found, **form.cleaned_data)
    messages.success(request, _("The account is listed."))
    return redirect("bodies:body", code)


@administrators_only
@require_POST
def remove_account(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    account = get_object_or_404(Account.objects.select_related("body"), pk=pk, body__code=code)
    actions.remove_account(request.user, account)
    messages.success(request, _("The account is no longer listed."))
    return redirect("bodies:body", code)


@administrators_only
def import_file(request: HttpRequest) -> HttpResponse:
    """Upload a CSV; with a single bad row nothing is loaded and every bad row is shown."""
    form = UploadForm(_sent(request), request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "bodies/import.html", {"form": form})
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    known, today = queries.parents_by_code(), timezone.localdate()
    rows, problems = read_bodies(Uploaded(file), known=known, today=today)
    problems = problems or queries.contradictions(rows)
    if problems:
        context = {"form": UploadForm(), "problems": problems, "file_name": file.name}
        return render(request, "bodies/import.html", context, status=422)
    report = actions.import_rows(request.user, rows, origin=f"file:{file.name}"[:LONGEST_ORIGIN])
    messages.success(request, _said(report))
    return redirect("bodies:manage")


@administrators_only
def template(request: HttpRequest) -> HttpResponse:
    """An empty file with the columns an import wants."""
    response = HttpResponse(",".join(BODY_COLUMNS) + "\r\n", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="bodies.csv"'
    return response


@dataclass(frozen=True)
class Uploaded:
    """An upload as the registry reads it."""

    file: "UploadedFile[bytes]"

    def read_bytes(self) -> bytes:
        self.file.seek(0)
        return bytes(self.file.read())


def _sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None when the page was only opened."""
    return request.POST if request.method == "POST" else None


def _body(code: str) -> Body:
    return get_object_or_404(Body.objects.select_related("parent"), code=code)


def _form_page(
    request: HttpRequest, form: Any, *, title: str, body: Body | None = None
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "title": title, "body": body}
    return render(request, "bodies/form.html", context, status=status)


def _initial(found: Body) -> dict[str, Any]:
    plain = ("kind", "parent", "bin", "kato", "site", "valid_from")
    address = found.contacts.get("address", {})
    return {name: getattr(found, name) for name in plain} | {
        "phone": found.contacts.get("phone", ""),
        "email": found.contacts.get("email", ""),
        **{f"address_{code}": words for code, words in address.items()},
    }


def _said(report: actions.ImportReport) -> str:
    added = ngettext("%(n)s body added", "%(n)s bodies added", len(report.added))
    changed = ngettext("%(n)s changed", "%(n)s changed", len(report.changed))
    same = ngettext("%(n)s as it was", "%(n)s as they were", report.unchanged)
    counts = (len(report.added), len(report.changed), report.unchanged)
    parts = [words % {"n": n} for words, n in zip((added, changed, same), counts, strict=True)]
    return ", ".join(parts) + "."
