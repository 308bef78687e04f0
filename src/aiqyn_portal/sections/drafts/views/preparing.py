"""Preparing a draft: texts, passport, files, checks, and then the start of its discussion."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officer_bodies, officers_only
from aiqyn_portal.base.acting import attempt, press, refuse_unless, sent
from aiqyn_portal.sections.drafts import actions, permissions, showing, suggesting
from aiqyn_portal.sections.drafts.forms.preparing import (
    AttachmentForm,
    NoteForm,
    OpeningForm,
    PassportForm,
    RepeatForm,
    TextsForm,
    initial_of,
)
from aiqyn_portal.sections.drafts.models import Attachment, Draft
from aiqyn_portal.sections.drafts.queries import desk, readiness
from aiqyn_portal.sections.drafts.transactions import all_or_nothing
from aiqyn_portal.sections.drafts.views.acting import body_or_404, own_draft, version_in_preparation


@permissions.participants_only
def work(request: HttpRequest) -> HttpResponse:
    """What waits at the bodies one speaks for."""
    bodies = officer_bodies(person(request))
    today = timezone.localdate()
    found = [(body, desk.of_body(body, today)) for body in bodies]
    return render(request, "drafts/work.html", {"bodies": found, "today": today})


@officers_only
def start(request: HttpRequest, code: str) -> HttpResponse:
    """The first step: the two texts."""
    body = body_or_404(code)
    refuse_unless(permissions.may_prepare(request.user, body))
    form = TextsForm(**sent(request))
    begun: list[Draft] = []

    def begin() -> None:
        at, by = timezone.now(), person(request)
        draft = actions.start_draft(body, by=by, at=at)
        version = version_in_preparation(draft)
        actions.take_texts(version, form.uploads(), by=by, at=at)
        suggesting.fill(draft, version, by=by, at=at)
        begun.append(draft)

    if attempt(request, form, all_or_nothing(begin), _("The texts have been read.")):
        return redirect("drafts:preview", slug=begun[0].slug)
    return render(request, "drafts/start.html", {"body": body, "form": form})


@officers_only
def prepare(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a draft in preparation stands: what is there, what is still missing."""
    draft = own_draft(request, slug)
    version = readiness.open_version(draft)
    checks = readiness.checks(draft)
    context = {
        "draft": draft,
        "version": version,
        "texts": list(version.texts.all()) if version else [],
        "differing": version.paragraphs.exclude(divergences=[]).count() if version else 0,
        "lost": version.fates.filter(what="orphan").count() if version else 0,
        "checks": checks,
        "is_ready": all(check.is_met for check in checks if check.is_needed),
        "attachments": draft.attachments.all(),
        "note": NoteForm(
            initial={f"note_{code}": words for code, words in version.note.items()}
            if version
            else {}
        ),
    }
    return render(request, "drafts/prepare.html", context)


@officers_only
def texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Upload one text or both anew."""
    draft = own_draft(request, slug)
    version = version_in_preparation(draft)
    form = TextsForm(**sent(request))

    take = lambda: actions.take_texts(  # noqa: E731
        version, form.uploads(), by=person(request), at=timezone.now()
    )
    if attempt(request, form, take, _("The texts have been read.")):
        return redirect("drafts:preview", slug=slug)
    return render(request, "drafts/start.html", {"draft": draft, "body": draft.body, "form": form})


@officers_only
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The structure as it was recognised, with what could not be read for certain."""
    draft = own_draft(request, slug)
    version = version_in_preparation(draft)
    asked = request.GET.get("part", "")
    part = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    context = {
        "draft": draft,
        "version": version,
        "texts": list(version.texts.all()),
        "reading": showing.read_part(version, part),
        "look": showing.look_of(request.GET),
        "differing": list(version.paragraphs.exclude(divergences=[])[: showing.MOST_DIFFERING]),
        "lost": version.fates.filter(what="orphan").count(),
    }
    return render(request, "drafts/preview.html", context)


@officers_only
def passport(request: HttpRequest, slug: str) -> HttpResponse:
    """Title, type, category, what changes."""
    draft = own_draft(request, slug)
    form = PassportForm(**sent(request), initial=initial_of(draft), hint=suggesting.hint(draft))
    save = _saving(draft, form, request)
    if attempt(request, form, save, _("The passport is saved.")):
        return _onward(draft)
    if form.is_bound:
        draft.refresh_from_db()
        again = request.POST.copy()
        again["edition"] = str(draft.edition)  # the next attempt knows what is there
        form.data = again
    return render(request, "drafts/passport.html", {"draft": draft, "form": form})


def _saving(draft: Draft, form: PassportForm, request: HttpRequest) -> Callable[[], object]:
    return lambda: actions.change_passport(
        draft,
        form.passport(),
        seen=form.cleaned_data["edition"],
        by=person(request),
        at=timezone.now(),
    )


def _onward(draft: Draft) -> HttpResponse:
    return redirect("drafts:draft" if draft.is_public else "drafts:prepare", slug=draft.slug)


@officers_only
def attach(request: HttpRequest, slug: str) -> HttpResponse:
    """A note, a comparative table, an opinion."""
    draft = own_draft(request, slug)
    form = AttachmentForm(**sent(request))
    add = lambda: actions.attach(  # noqa: E731
        draft, form.attached(), by=person(request), at=timezone.now()
    )
    if attempt(request, form, add, _("The file is attached.")):
        return _onward(draft)
    return render(request, "drafts/attach.html", {"draft": draft, "form": form})


@officers_only
@require_POST
def detach(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    draft = own_draft(request, slug)
    attachment = get_object_or_404(
        Attachment.objects.select_related("draft__body"), pk=pk, draft=draft
    )
    take = lambda: actions.detach(attachment, by=person(request))  # noqa: E731
    press(request, take, _("The file has been taken out."))
    return redirect("drafts:prepare", slug=slug)


@officers_only
def opening(request: HttpRequest, slug: str) -> HttpResponse:
    """The last step before the public: when the discussion runs; or why it is repeated."""
    draft = own_draft(request, slug)
    again = draft.is_public
    initial = {"opens_on": timezone.localdate()}
    form = (
        RepeatForm(**sent(request), initial=initial)
        if again
        else OpeningForm(**sent(request), initial=initial)
    )
    if attempt(request, form, _opening(draft, form, request), _("The notice is published.")):
        return redirect("drafts:kit", slug=slug)
    checks = readiness.checks(draft)
    context = {"draft": draft, "form": form, "checks": checks, "again": again}
    return render(request, "drafts/opening.html", context)


def _opening(draft: Draft, form: OpeningForm, request: HttpRequest) -> Callable[[], object]:
    def open_() -> object:
        by, at = person(request), timezone.now()
        if isinstance(form, RepeatForm):
            return actions.repeat_discussion(draft, form.again(), by=by, at=at)
        return actions.start_discussion(draft, form.opening(), by=by, at=at)

    return open_


@officers_only
@require_POST
def new_version(request: HttpRequest, slug: str) -> HttpResponse:
    draft = own_draft(request, slug)
    begin = lambda: actions.start_version(draft, by=person(request), at=timezone.now())  # noqa: E731
    press(request, begin, _("A new version is in preparation: upload its texts."))
    return redirect("drafts:prepare", slug=slug)


@officers_only
@require_POST
def note(request: HttpRequest, slug: str) -> HttpResponse:
    draft = own_draft(request, slug)
    version = version_in_preparation(draft)
    form = NoteForm(request.POST)
    if form.is_valid():
        save = lambda: actions.set_note(version, form.note(), by=person(request))  # noqa: E731
        press(request, save, _("The note is saved."))
    return redirect("drafts:prepare", slug=slug)


@officers_only
@require_POST
def publish_version(request: HttpRequest, slug: str) -> HttpResponse:
    draft = own_draft(request, slug)
    out = lambda: actions.publish_version(draft, by=person(request), at=timezone.now())  # noqa: E731
    press(request, out, _("The new version is published; its commenters are told."))
    return redirect(
        "drafts:draft" if readiness.open_version(draft) is None else "drafts:prepare", slug=slug
    )


@officers_only
@require_POST
def give_up_version(request: HttpRequest, slug: str) -> HttpResponse:
    draft = own_draft(request, slug)
    drop = lambda: actions.give_up_version(draft, by=person(request))  # noqa: E731
    press(request, drop, _("The version in preparation is given up."))
    return redirect("drafts:draft", slug=slug)
