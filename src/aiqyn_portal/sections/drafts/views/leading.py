"""Leading a discussion: announcing it, meeting people, extending, closing, ending."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officers_only
from aiqyn_portal.base.acting import attempt, press, sent
from aiqyn_portal.base.streams import hosts
from aiqyn_portal.sections.drafts import actions, kit, permissions, vocabulary
from aiqyn_portal.sections.drafts.forms.fields import ReasonForm
from aiqyn_portal.sections.drafts.forms.leading import (
    AdoptForm,
    AnnouncementForm,
    CallOffForm,
    ExtendForm,
    MeetingForm,
    MinutesForm,
)
from aiqyn_portal.sections.drafts.models import Meeting
from aiqyn_portal.sections.drafts.views.acting import own_draft, public_draft


def kit_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Texts and cards to tell of the discussion; its officers note where they did."""
    draft = public_draft(slug)
    discussion = draft.discussion
    assert discussion is not None  # noqa: S101  a public draft has one
    may_prepare = permissions.may_prepare(request.user, draft.body)
    form = AnnouncementForm(**(sent(request) if may_prepare else {}), today=timezone.localdate())
    add = lambda: actions.add_announcement(  # noqa: E731
        draft,
        form.cleaned_data["channel"],
        form.cleaned_data["link"],
        told_on=form.cleaned_data["told_on"],
        by=person(request),
        at=timezone.now(),
    )
    if may_prepare and attempt(request, form, add, _("Noted.")):
        return redirect("drafts:kit", slug=slug)
    address = request.build_absolute_uri(reverse("draft_permanent", args=[slug]))
    links = dict.fromkeys(kit.LANGUAGES, address)
    known = vocabulary.channels()
    context = {
        "draft": draft,
        "posts": kit.posts(draft, discussion, links),
        "languages": kit.LANGUAGES,
        "told": [
            (each, known[each.channel].title)
            for each in discussion.announcements.all()
            if each.channel in known
        ],
        "may_prepare": may_prepare,
        "form": form,
    }
    return render(request, "drafts/kit.html", context)


@officers_only
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Announce an hour of discussion or a hearing."""
    draft = own_draft(request, slug)
    form = MeetingForm(**sent(request))
    announce = lambda: actions.announce_meeting(  # noqa: E731
        draft, form.invitation(), by=person(request), at=timezone.now()
    )
    if attempt(request, form, announce, _("The meeting is announced.")):
        return redirect("drafts:draft", slug=slug)
    context = {"draft": draft, "form": form, "hosts": hosts()}
    return render(request, "drafts/meeting.html", context)


@officers_only
def call_off(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Call a meeting off."""
    found = _meeting(request, slug, pk)
    form = CallOffForm(**sent(request))
    off = lambda: actions.call_off(  # noqa: E731
        found, form.cleaned_data["reason"], by=person(request), at=timezone.now()
    )
    if attempt(request, form, off, _("The meeting is called off; all who were invited are told.")):
        return redirect("drafts:draft", slug=slug)
    return _simple(request, slug, form, _("Call the meeting off"))


@officers_only
def minutes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Attach the minutes of a meeting."""
    found = _meeting(request, slug, pk)
    form = MinutesForm(**sent(request))
    add = lambda: actions.add_minutes(  # noqa: E731
        found, form.attached(), by=person(request), at=timezone.now()
    )
    if attempt(request, form, add, _("The minutes are attached.")):
        return redirect("drafts:draft", slug=slug)
    return _simple(request, slug, form, _("Minutes of the meeting"))


def _meeting(request: HttpRequest, slug: str, pk: int) -> Meeting:
    draft = own_draft(request, slug)
    return get_object_or_404(draft.meetings.select_related("draft__body"), pk=pk)


@officers_only
def extend(request: HttpRequest, slug: str) -> HttpResponse:
    """Take comments longer."""
    draft = own_draft(request, slug)
    form = ExtendForm(**sent(request))
    longer = lambda: actions.extend_discussion(  # noqa: E731
        draft,
        form.cleaned_data["closes_on"],
        form.reason(),
        by=person(request),
        at=timezone.now(),
    )
    if attempt(request, form, longer, _("The discussion goes on longer.")):
        return redirect("drafts:draft", slug=slug)
    return _simple(request, slug, form, _("Extend the discussion"))


@officers_only
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the result report."""
    draft = own_draft(request, slug)
    done = lambda: actions.close_discussion(draft, by=person(request), at=timezone.now())  # noqa: E731
    press(request, done, _("The report is published; all who commented are told."))
    return redirect("drafts:report", slug=slug)


@officers_only
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which act the draft has become."""
    draft = own_draft(request, slug)
    form = AdoptForm(**sent(request))
    done = lambda: actions.adopt(  # noqa: E731
        draft, form.adoption(), by=person(request), at=timezone.now()
    )
    if attempt(request, form, done, _("The draft is marked as adopted.")):
        return redirect("drafts:draft", slug=slug)
    return _simple(request, slug, form, _("The draft has been adopted"))


@officers_only
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the draft up."""
    draft = own_draft(request, slug)
    form = ReasonForm(**sent(request))
    done = lambda: actions.withdraw(  # noqa: E731
        draft, form.reason(), by=person(request), at=timezone.now()
    )
    if attempt(request, form, done, _("The draft is withdrawn; its page stays.")):
        return redirect("drafts:draft", slug=slug)
    return _simple(request, slug, form, _("Withdraw the draft"))


def _simple(request: HttpRequest, slug: str, form: forms.Form, title: object) -> HttpResponse:
    """A page with one form about a draft."""
    draft = own_draft(request, slug)
    return render(request, "drafts/simple.html", {"draft": draft, "form": form, "title": title})
