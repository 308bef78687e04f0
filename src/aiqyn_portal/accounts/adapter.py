"""Where people land who sign in; letters of accounts when the mail server does not take them."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse

from aiqyn_portal.accounts.permissions import is_officer

CONFIRMATION = "account/email/email_confirmation"
LOG = logging.getLogger(__name__)


class LetterNotSent(Exception):
    """The mail server did not take a letter somebody waits for."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What was done stays done when the letter about it cannot leave."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where whoever came for no page of their own lands: officers at what waits for them."""
        if is_officer(request.user):
            return reverse(settings.LOGIN_REDIRECT_URL_OF_OFFICERS)
        return str(super().get_login_redirect_url(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter with a link or a code. Raises LetterNotSent."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as problem:
            LOG.exception("The letter %s could not be sent.", template_prefix)
            if template_prefix.startswith(CONFIRMATION):  # else none leaves for three minutes
                ratelimit.clear(self.request, action="confirm_email", key=email.lower())
            raise LetterNotSent from problem

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell of a change; it is made, so a letter that cannot be sent is for the log alone."""
        try:
            super().send_notification_mail(template_prefix, user, context, email)
        except LetterNotSent:
            return
