"""People and roles, for administrators; the own name and keys for programs, for everybody."""

from allauth.account.forms import ResetPasswordForm
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from aiqyn_portal.accounts import actions, queries
from aiqyn_portal.accounts import tokens as keys
from aiqyn_portal.accounts.forms import GrantForm, InviteForm, ProfileForm, ReasonForm, TokenForm
from aiqyn_portal.accounts.models import Membership, Token, User
from aiqyn_portal.accounts.permissions import administrators_only, assurance, may_take_part
from aiqyn_portal.base.acting import attempt, press, sent

PER_PAGE = 50


@administrators_only
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, by name, e-mail or role."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    role = request.GET.get("role", "").replace("\0", "")
    page = Paginator(queries.people(text, role), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "text": text, "role": role, "roles": Membership.Role.choices}
    return render(request, "accounts/people.html", context)


@administrators_only
def invite(request: HttpRequest) -> HttpResponse:
    """Add a person and send the letter through which a password is set."""
    form = InviteForm(**sent(request))
    by = _person(request)
    if attempt(
        request,
        form,
        lambda: actions.invite(form.newcomer(), by=by, reason=form.cleaned_data["reason"]),
        _("The invitation has been sent."),
    ):
        _send_letter(request, form.cleaned_data["email"])
        user = User.objects.get(username=form.cleaned_data["username"])
        return redirect("accounts:person", user.pk)
    return render(request, "accounts/invite.html", {"form": form})


def _send_letter(request: HttpRequest, email: str) -> None:
    letter = ResetPasswordForm(data={"email": email})
    if letter.is_valid():
        letter.save(request)


@administrators_only
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: the roles held, a form to give another."""
    user = get_object_or_404(User.objects.prefetch_related("memberships__body"), pk=pk)
    form = GrantForm(**sent(request))
    by = _person(request)

    def grant() -> object:
        given = form.cleaned_data
        return actions.grant(user, given["role"], given["body"], by=by, reason=given["reason"])

    if attempt(request, form, grant, _("The role has been given.")):
        return _after(request, user)
    return render(request, "accounts/person.html", {"person": user, "form": form})


@administrators_only
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one role away, after asking why."""
    memberships = Membership.objects.select_related("user", "body")
    membership = get_object_or_404(memberships, pk=pk)
    form = ReasonForm(**sent(request))
    by = _person(request)

    def take_away() -> object:
        return actions.revoke(membership, by=by, reason=form.cleaned_data["reason"])

    if attempt(request, form, take_away, _("The role has been taken away.")):
        return _after(request, membership.user)
    context = {"person": membership.user, "membership": membership, "form": form}
    return render(request, "accounts/revoke.html", context)


@administrators_only
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an open account, or open a closed one."""
    user = get_object_or_404(User, pk=pk)
    act = actions.deactivate if user.is_active else actions.activate
    done = (
        _("The account has been closed.")
        if user.is_active
        else _("The account has been opened again.")
    )
    form = ReasonForm(**sent(request))
    by = _person(request)
    if attempt(request, form, lambda: act(user, by=by, reason=form.cleaned_data["reason"]), done):
        return _after(request, user)
    return render(request, "accounts/switch.html", {"person": user, "form": form})


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """The name others see, and how sure the portal is of who this is."""
    user = _person(request)
    form = ProfileForm(**sent(request), initial={"display_name": user.display_name})

    def choose() -> None:
        actions.name_oneself(user, form.cleaned_data["display_name"])

    if attempt(request, form, choose, _("The settings have been saved.")):
        return redirect("accounts:profile")
    context = {"form": form, "level": assurance(user), "may_take_part": may_take_part(user)}
    return render(request, "accounts/profile.html", context)


@login_required
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """The person's own keys; a new one is shown on the answer to its making, and never again."""
    user, form, key = _person(request), TokenForm(**sent(request)), ""

    def make() -> None:
        nonlocal key
        key = keys.make(user, form.cleaned_data["name"], at=timezone.now())

    if attempt(request, form, make, _("The key has been made.")):
        form = TokenForm()
    live = user.tokens.filter(ended_at__isnull=True)
    return render(request, "accounts/tokens.html", {"form": form, "tokens": live, "key": key})


@login_required
@require_POST
def end_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of the person's own keys back."""
    user = _person(request)
    token = get_object_or_404(Token, pk=pk, user=user)
    press(request, lambda: keys.end(token, by=user, at=timezone.now()), _("The key is taken back."))
    return redirect("accounts:tokens")


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError(f"{request.path}: nobody is signed in")
    return request.user


def _after(request: HttpRequest, user: User) -> HttpResponse:
    """To the person's page, unless the administrator has just given up being one."""
    if not administrators_remain_with(request):
        return redirect("/")
    return redirect("accounts:person", user.pk)


def administrators_remain_with(request: HttpRequest) -> bool:
    """Whether the signed-in person is still an administrator after the act."""
    return queries.administrators().filter(user=_person(request)).exists()
