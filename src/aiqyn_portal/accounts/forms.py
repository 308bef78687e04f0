"""What people type to sign in, and an administrator about people and roles."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.actions import Newcomer
from aiqyn_portal.accounts.models import Membership, User
from aiqyn_portal.bodies.models import Body

LONGEST_LOGIN = 254  # of an e-mail address; usernames are shorter


class SignInForm(LoginForm):  # type: ignore[misc]  # has no types
    """A name longer than any there can be is refused before the database is asked for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].validators.append(MaxLengthValidator(LONGEST_LOGIN))


class SignUpForm(SignupForm):  # type: ignore[misc]  # has no types
    """Says what a username is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = _("To sign in with. It is not shown to others.")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept in the trail of changes."),
    )


class InviteForm(ReasonForm):
    username = forms.CharField(
        label=_("Username"), max_length=150, validators=[User.username_validator]
    )
    email = forms.EmailField(label=_("Email"), max_length=254)
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    field_order = ["username", "email", "last_name", "first_name", "reason"]

    def newcomer(self) -> Newcomer:
        given = self.cleaned_data
        return Newcomer(
            username=given["username"],
            email=given["email"],
            first_name=given["first_name"],
            last_name=given["last_name"],
        )


class GrantForm(ReasonForm):
    role = forms.ChoiceField(
        label=_("Role"), choices=Membership.Role.choices, widget=forms.RadioSelect
    )
    body = forms.ModelChoiceField(
        label=_("State body"),
        queryset=Body.objects.all(),
        required=False,
        empty_label="—",
        help_text=_("Only for an officer."),
    )
    field_order = ["role", "body", "reason"]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the key"),
        max_length=60,
        help_text=_("What it is for: the program or the person that will use it."),
    )


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("Name shown to others"),
        max_length=60,
        required=False,
        help_text=_("It stands beside what you write. It need not be your real name."),
    )
