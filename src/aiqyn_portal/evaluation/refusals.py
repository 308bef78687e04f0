"""Why an action was refused; every refusal says so in a sentence a person can read."""

from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.refusals import ActionRefused


class RoundCodeTaken(ActionRefused):
    sentence = _("Another round already has this code.")


class NoBodies(ActionRefused):
    sentence = _("Choose at least one state body.")


class BodyNotInForce(ActionRefused):
    sentence = _("These bodies did not exist in the period of the round:")


class BodyNotInRegistry(ActionRefused):
    sentence = _("The registry has no such bodies:")


class MethodologyNotInForce(ActionRefused):
    sentence = _("The methodology was not in force in the period of the round.")


class MethodologyCompares(ActionRefused):
    sentence = _(
        "The methodology compares bodies with one another; such rounds are not opened here."
    )


class MethodologyChanged(ActionRefused):
    sentence = _("The methodology is no longer the one this round was opened with.")


class PeriodIsWrong(ActionRefused):
    sentence = _("The period must end after it begins, and must not begin in the future.")


class PeriodStillRuns(ActionRefused):
    sentence = _("The period of the round has not ended yet.")


class RoundIsNotOpen(ActionRefused):
    sentence = _("This round no longer gathers evidence and answers.")


class RoundIsNotPreliminary(ActionRefused):
    sentence = _("This can be done only while the result is preliminary.")


class RoundIsNotFinal(ActionRefused):
    sentence = _("This round has not been published yet.")


class UnknownRule(ActionRefused):
    sentence = _("The methodology of this round does not ask this:")


class ReasonIsMissing(ActionRefused):
    sentence = _("Say in words why.")


class EvidenceIsMissing(ActionRefused):
    sentence = _("Give a link or a file as evidence.")


class FigureIsWrong(ActionRefused):
    sentence = _("This number is not possible:")


class FindingsDoNotFit(ActionRefused):
    sentence = _("The answer does not fit the methodology:")


class FileTooLarge(ActionRefused):
    sentence = _("The file is too large. The largest allowed size, in megabytes:")


class FileIsEmpty(ActionRefused):
    sentence = _("The file is empty.")


class FileKindRefused(ActionRefused):
    sentence = _(
        "Files of this kind are not accepted. Accepted are PDF, PNG, JPEG, DOCX, XLSX, "
        "ODT, ODS and plain text."
    )


class DeadlineIsPast(ActionRefused):
    sentence = _("The last day for objections must not be in the past.")


class ObjectionPeriodOver(ActionRefused):
    sentence = _("The time for objections is over.")


class ObjectionPeriodRuns(ActionRefused):
    sentence = _("Bodies may still object. The last day is")


class ObjectionIsOpen(ActionRefused):
    sentence = _("There is already an objection to this part that waits for an answer.")


class ObjectionAnswered(ActionRefused):
    sentence = _("This objection has already been answered.")


class ObjectionsUnanswered(ActionRefused):
    sentence = _("Some objections have not been answered yet. Their number:")


class UnknownItem(ActionRefused):
    sentence = _("The preliminary result has no such part:")


class QuestionsStillOpen(ActionRefused):
    sentence = _("Some bodies have open questions, so their total would stay unknown:")


class RatingReplaced(ActionRefused):
    sentence = _("This rating has already been corrected. Correct the newest one.")


class RatingNotPublished(ActionRefused):
    sentence = _("Only a published rating can be corrected.")


class NothingChanges(ActionRefused):
    sentence = _("The correction changes nothing.")
