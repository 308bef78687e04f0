"""Why something cannot be done to a due date."""

from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.refusals import ActionRefused


class DeadlineIsClosed(ActionRefused):
    sentence = _("This has been done already, or is no longer needed.")


class ClockStands(ActionRefused):
    sentence = _("The clock stands: let it go on first.")


class ClockRuns(ActionRefused):
    sentence = _("The clock is running.")


class ReasonIsMissing(ActionRefused):
    sentence = _("Say why: the reason is shown beside the date.")


class AlreadyOfThisBody(ActionRefused):
    sentence = _("This body has it already.")


class GoesWithItsMatter(ActionRefused):
    sentence = _("Pass the matter itself on, on its own page: its due date goes with it.")


class DayIsBefore(ActionRefused):
    sentence = _("This day is before the last thing that happened:")


class TooLong(ActionRefused):
    sentence = _("This is longer than ten years.")


class TermIsOver(ActionRefused):
    sentence = _("The last day has passed: the term can be extended, not stopped.")


class DayEnteredAlready(ActionRefused):
    sentence = _("A change for this day has been entered already; withdraw it first.")


class DayIsWithdrawn(ActionRefused):
    sentence = _("This entry has been withdrawn already.")


class NotAnOfficerOfTheBody(ActionRefused):
    sentence = _("This person does not speak for the body.")
