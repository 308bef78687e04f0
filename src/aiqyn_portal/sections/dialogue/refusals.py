"""Why an action was refused; every refusal says so in a sentence a person can read."""

from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.refusals import ActionRefused


class AnswerMissing(ActionRefused):
    sentence = _("Write the answer in Kazakh or in Russian.")


class ResponsibleMissing(ActionRefused):
    sentence = _("Name who prepared the answer: the citizen sees who answers for it.")


class NotYetAnswered(ActionRefused):
    sentence = _("There is no answer to mark yet.")


class MarkedAlready(ActionRefused):
    sentence = _("You have marked this answer already.")


class ReasonMissing(ActionRefused):
    sentence = _("Say in a few words what the answer lacks.")


class FileNotTaken(ActionRefused):
    sentence = _("This file cannot be attached.")


class InThePast(ActionRefused):
    sentence = _("The conference has to begin later than now and end after it begins.")


class StreamNotAllowed(ActionRefused):
    sentence = _("The live stream may stand on these sites only:")


class AgendaMissing(ActionRefused):
    sentence = _("A conference is announced with its title and agenda, in Kazakh and in Russian.")


class NotOver(ActionRefused):
    sentence = _("The conference is not over yet.")


class BegunAlready(ActionRefused):
    sentence = _("The conference has begun already.")


class WhyMissing(ActionRefused):
    sentence = _("Say why, so that people understand.")


class TranscriptMissing(ActionRefused):
    sentence = _("Add the transcript or a summary of what was said, in Kazakh or in Russian.")


class PromiseMissing(ActionRefused):
    sentence = _("Write what is promised, in Kazakh or in Russian.")


class DayNotAhead(ActionRefused):
    sentence = _("The day has to lie ahead.")


class Ended(ActionRefused):
    sentence = _("This commitment has ended.")


class ProofMissing(ActionRefused):
    sentence = _("Say what was done and, where there is one, give a link that shows it.")


class NameMissing(ActionRefused):
    sentence = _("Name and post are needed, in Kazakh and in Russian.")


class LeavesTooEarly(ActionRefused):
    sentence = _("The last day in office comes before the first.")
