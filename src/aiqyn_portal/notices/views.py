"""A person's cabinet of notices, how they are told, and what letters lead to."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.permissions import signed_in_only
from aiqyn_portal.base.acting import attempt, press, refuse_unless, sent
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.base.rates import is_within, place
from aiqyn_portal.notices import actions, letters, queries, stopping, topics
from aiqyn_portal.notices.forms import ByEmailForm, SettingsForm

PER_PAGE = 30
ASKED_AN_HOUR = 10  # letters of confirmation asked for from one place


@signed_in_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the person was told, the newest first; by wish only what is unread."""
    only_unread = "unread" in request.GET
    found = queries.deliveries_of(_person(request))
    found = found.filter(read_at__isnull=True) if only_unread else found
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "only_unread": only_unread,
        "unread": queries.unread(_person(request)),
        "reader": queries.reader(_person(request)),
    }
    return render(request, "notices/home.html", context)


@signed_in_only
@require_safe
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """To the page a notice is about; it counts as read from now on."""
    delivery = get_object_or_404(queries.deliveries_of(_person(request)), pk=pk)
    actions.read(delivery, at=timezone.now())
    return redirect(letters.path(delivery.message) or "notices:home")


@signed_in_only
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    actions.read_all(_person(request), at=timezone.now())
    return redirect("notices:home")


@signed_in_only
@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Follow a topic, or stop; back to the page one came from."""
    topic, user = request.POST.get("topic", "").replace("\0", "")[:120], _person(request)
    if "stop" in request.POST:
        actions.unfollow(user, topic)
        press(request, lambda: None, _("You no longer follow this."))
    else:
        if topics.named(topic) is None:
            raise Http404(topic)
        language = get_language() or ""
        press(
            request,
            lambda: actions.follow(user, topic, language=language),
            _("You follow this. News will be among your notices."),
        )
    return redirect(_back(request))


@signed_in_only
def settings(request: HttpRequest) -> HttpResponse:
    """How often, in which language, and all the person follows."""
    user = _person(request)
    reader = queries.reader(user)
    given = {"often": reader.often, "language": reader.language}
    form = SettingsForm(**sent(request), initial=given)

    def choose() -> None:
        actions.choose(user, **form.cleaned_data, at=timezone.now())

    if attempt(request, form, choose, _("The settings have been saved.")):
        return redirect("notices:settings")
    context = {
        "form": form,
        "reader": reader,
        "address": queries.address_of(reader),
        "followed": [_followed(topic) for topic in queries.topics_of(user)],
        "here": request.path,
    }
    return render(request, "notices/settings.html", context)


def _followed(topic: str) -> tuple[str, StrOrPromise, str, str]:
    """(topic, kind, what it is called, address)."""
    kind, named = topics.kind_of(topic), topics.named(topic)
    if named is None:
        return topic, kind.title if kind else "", topic.partition(":")[2], ""
    return topic, kind.title if kind else "", str(Phrase(named.title)), topics.path(named)


@signed_in_only
@require_POST
def feed_address(request: HttpRequest) -> HttpResponse:
    """Make a new secret address of the feed, or take it back."""
    user, at = _person(request), timezone.now()
    if "revoke" in request.POST:
        press(request, lambda: actions.revoke_feed(user, at=at), _("The address works no more."))
    else:
        press(request, lambda: actions.make_feed(user, at=at), _("The address has been made."))
    return redirect("notices:settings")


def by_email(request: HttpRequest) -> HttpResponse:
    """Ask for letters about a topic without an account."""
    topic = request.POST.get("topic", request.GET.get("topic", "")).replace("\0", "")[:120]
    named = topics.named(topic)
    if named is None:
        raise Http404(topic)
    form = ByEmailForm(**sent(request), initial={"topic": topic})
    refuse_unless(request.method != "POST" or _may_ask(request))

    def ask() -> None:
        email, language = form.cleaned_data["email"], get_language() or ""
        actions.ask_by_email(email, topic, language=language, at=timezone.now())

    if attempt(request, form, ask, _("Look into your mail: a letter asks you to confirm.")):
        return redirect(topics.path(named))
    return render(request, "notices/by_email.html", {"form": form, "title": Phrase(named.title)})


def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The owner of an address says yes, by a button: programs that look through mail press none."""
    letter = stopping.read_confirm(token)
    if letter is None:
        return render(request, "notices/gone.html", status=404)
    if request.method == "POST":
        press(
            request,
            lambda: actions.confirm(letter, at=timezone.now()),
            _("Letters will come. Each says how to stop them."),
        )
        return redirect("reports:home")
    return render(request, "notices/confirm.html")


@csrf_exempt  # a mail program has no page of ours; the signed word in the address is the right
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop letters: a person by a button, a mail program by a POST (RFC 8058)."""
    asked = stopping.read_stop(token)
    if asked is None:
        return render(request, "notices/gone.html", status=404)
    if "all" in request.POST:
        asked = asked._replace(topic="")
    if request.method == "POST":
        actions.stop(asked)
    named = topics.named(asked.topic) if asked.topic else None
    context = {
        "is_done": request.method == "POST",
        "is_all": not asked.topic,
        "title": Phrase(named.title) if named else asked.topic,
    }
    return render(request, "notices/stop.html", context)


def _may_ask(request: HttpRequest) -> bool:
    return is_within("notices.by_email", place(request), most=ASKED_AN_HOUR, seconds=60 * 60)


def _back(request: HttpRequest) -> str:
    """The page one came from, if it is one of ours."""
    here = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(here, None) and here.startswith("/")
    return here if is_ours else "notices:settings"


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError(f"{request.path}: nobody is signed in")
    return request.user
