"""Why an action was refused; every refusal says so in a sentence a person can read."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.refusals import ActionRefused


class SetNameTaken(ActionRefused):
    sentence = _("Another set already has this name; choose another one.")


class NameIsFixed(ActionRefused):
    sentence = _("The set has been published: its address no longer changes.")


class EditedMeanwhile(ActionRefused):
    sentence = _(
        "Somebody else has changed this passport while you were writing. Nothing you wrote is "
        "lost: compare it with the new text beside the fields and save again."
    )


class ColumnsEditedMeanwhile(ActionRefused):
    sentence = _(
        "Somebody else has explained the same columns while you were writing. Nothing you wrote is "
        "lost and nothing of theirs is overwritten: compare the texts and save again."
    )

    def __init__(self, theirs: Mapping[tuple[int, str], str]) -> None:
        super().__init__()
        self.theirs = theirs  # what stands there now: number of the column, part → words


class FileIsEmpty(ActionRefused):
    sentence = _("The file is empty.")


class FileIsGone(ActionRefused):
    sentence = _("This file has already been taken out.")


class FileTooLarge(ActionRefused):
    sentence = _("The file is too large. The largest size in megabytes:")


class FileNameTaken(ActionRefused):
    sentence = _("This version already has a file of this name; remove it first.")


class TooManyFiles(ActionRefused):
    sentence = _("A version holds no more files than this:")


class VersionIsClosed(ActionRefused):
    sentence = _("This version can no longer be changed; begin a new one.")


class VersionInPreparation(ActionRefused):
    sentence = _("A new version of this set is already in preparation.")


class NoFiles(ActionRefused):
    sentence = _("Add at least one file.")


class FilesAreBeingRead(ActionRefused):
    sentence = _("The files are still being read. Try again in a moment.")


class FileCannotBeRead(ActionRefused):
    sentence = _("A file could not be read; remove it or replace it:")


class PersonalDataUndecided(ActionRefused):
    sentence = _(
        "Personal data were found, and nobody has decided yet whether the file may be published:"
    )


class PassportIncomplete(ActionRefused):
    sentence = _("The passport is not complete:")


class SetIsGone(ActionRefused):
    sentence = _("This set has been deleted meanwhile.")


class WasPublished(ActionRefused):
    sentence = _("The set has been published: it is withdrawn with a reason, not deleted.")


class UnderReview(ActionRefused):
    sentence = _("A version of this set is under review; it can be changed once that is decided.")


class ChangedSince(ActionRefused):
    sentence = _("The set has changed since you opened this page. Look at it again.")


class NotUnderReview(ActionRefused):
    sentence = _("This version is not under review.")


class NotPublished(ActionRefused):
    sentence = _("The set is not published.")


class AlreadyDecided(ActionRefused):
    sentence = _("This has been decided already.")


class ReasonMissing(ActionRefused):
    sentence = _("Give a reason.")


class TooManyToday(ActionRefused):
    sentence = _("You have asked and told as much as a person may in a day. Try again tomorrow.")


class SetMissing(ActionRefused):
    sentence = _("Name the published set in which the data can be found.")


class NotThisBody(ActionRefused):
    sentence = _("The set belongs to another body.")


class OwnCatalogue(ActionRefused):
    sentence = _("This is the catalogue of this portal: its sets are here already.")


class SourceKnown(ActionRefused):
    sentence = _("This catalogue of the body has been named already.")


class TooManySources(ActionRefused):
    sentence = _("A body names no more catalogues than this:")


class SurveyInThePast(ActionRefused):
    sentence = _("A survey cannot begin before today.")


class SurveysOverlap(ActionRefused):
    sentence = _("The body already has a survey on some of these days.")


class SurveyRuns(ActionRefused):
    sentence = _("The survey has not ended yet.")
