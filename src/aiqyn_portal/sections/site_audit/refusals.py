"""Why an action was refused; every refusal says so in a sentence a person can read."""

from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.refusals import ActionRefused


class NoAddress(ActionRefused):
    sentence = _("The registry names no site of this body.")


class RunIsLive(ActionRefused):
    sentence = _("An audit of this site is already waiting or running.")


class TooManyRuns(ActionRefused):
    sentence = _(
        "The site has been audited as often as a body may ask for in a day. Try again tomorrow."
    )


class RunHasEnded(ActionRefused):
    sentence = _("The audit has ended already.")


class NotOneOfTheFailed(ActionRefused):
    sentence = _("Only a finding that counts against the body can be answered.")


class NotTheNewest(ActionRefused):
    sentence = _("Only findings of the newest audit of the body’s own site can be answered.")


class DisputeIsOpen(ActionRefused):
    sentence = _("The dispute already waits for the evaluator.")


class AlreadyOverruled(ActionRefused):
    sentence = _("The evaluator has already decided that this finding does not stand.")


class AlreadyRuled(ActionRefused):
    sentence = _("This dispute has been decided already.")


class NothingWasDecided(ActionRefused):
    sentence = _("No earlier decision in favour of the body speaks of these places.")


class DayHasPassed(ActionRefused):
    field = "fix_by"
    sentence = _("Name a day that is still to come.")


class DayIsTooFar(ActionRefused):
    field = "fix_by"
    sentence = _("Name a day within three years.")


class LinkIsClosed(ActionRefused):
    field = "link"
    sentence = _("Only your own network opens this address. Give one that everybody can open.")


class ReasonIsMissing(ActionRefused):
    sentence = _("Give a reason.")


class CannotBeRechecked(ActionRefused):
    sentence = _("This finding speaks of the site as a whole: only a new audit can tell.")


class RecheckIsLive(ActionRefused):
    sentence = _("This finding is being rechecked already.")


class TooManyRechecks(ActionRefused):
    sentence = _("Too many rechecks for one hour. Try again later.")


class ReviewPublished(ActionRefused):
    sentence = _("Your form is published and can no longer be changed.")


class MarksAreMissing(ActionRefused):
    sentence = _("Mark at least one aspect before you publish the form.")
