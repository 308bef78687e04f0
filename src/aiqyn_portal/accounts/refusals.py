"""Why an administrator's act was refused, in a sentence a person can read."""

from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.refusals import ActionRefused


class ReasonIsMissing(ActionRefused):
    sentence = _("Say in words why.")


class EmailIsTaken(ActionRefused):
    sentence = _("A person with this username or e-mail is already registered.")


class RoleIsHeld(ActionRefused):
    sentence = _("This person already has this role.")


class RoleNeedsBody(ActionRefused):
    sentence = _("An officer speaks for a state body: choose which one.")


class RoleTakesNoBody(ActionRefused):
    sentence = _("Only an officer is bound to a state body.")


class OfficerCannotEvaluate(ActionRefused):
    sentence = _("Nobody may be an officer of a body and an evaluator at once.")


class LastAdministrator(ActionRefused):
    sentence = _("This is the last administrator. Appoint another one first.")


class PersonIsInactive(ActionRefused):
    sentence = _("This account is closed. Open it again first.")


class TooManyTokens(ActionRefused):
    sentence = _("A person may hold no more API keys than this; take one back first:")


class TokenIsUnknown(ActionRefused):
    sentence = _("This API key is unknown or was taken back.")


class NameIsNoName(ActionRefused):
    sentence = _("Write a name people can read: letters, without addresses and signs.")
