"""Why something about notices was refused, in a sentence a person can read."""

from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.refusals import ActionRefused


class FollowsTooMuch(ActionRefused):
    sentence = _("Nobody may follow more topics than this; stop following some first:")


class ConfirmationIsOver(ActionRefused):
    sentence = _("This confirmation is too old or was never asked for. Ask for letters once more.")
