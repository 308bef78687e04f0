"""Why an action was refused; every refusal says so in a sentence a person can read."""

from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.refusals import ActionRefused


class FileEmpty(ActionRefused):
    sentence = _("The file is empty.")


class FileTooBig(ActionRefused):
    sentence = _("The file is too large. Megabytes at most:")


class FileUnreadable(ActionRefused):
    sentence = _("The text could not be read from the file.")


class TextWithoutUnits(ActionRefused):
    sentence = _("No text was found in the file.")


class TextTooLong(ActionRefused):
    sentence = _("The act has more paragraphs than we show. At most:")


class WrongLanguage(ActionRefused):
    sentence = _(
        "The text does not seem to be in the language of the field. Is it the other file? "
        "If it is right, tick the box and send it again."
    )


class SameText(ActionRefused):
    sentence = _("This is the same text as in the other language; upload the translation.")


class VersionMissing(ActionRefused):
    sentence = _("There is no version in preparation.")


class VersionOpen(ActionRefused):
    sentence = _("A new version is being prepared already.")


class EditedSince(ActionRefused):
    sentence = _(
        "Somebody else has changed the passport of the draft while you were writing. Nothing "
        "you wrote is lost: read it again and save."
    )


class NotReady(ActionRefused):
    sentence = _("The discussion cannot start yet. Still missing:")


class NotInPreparation(ActionRefused):
    sentence = _("The draft is no longer in preparation.")


class OpensInThePast(ActionRefused):
    sentence = _("A discussion cannot begin on a day that is past.")


class DiscussionTooShort(ActionRefused):
    sentence = _("The discussion is shorter than its term; the first day it may end is")


class DiscussionRuns(ActionRefused):
    sentence = _("The discussion is still going on; it ends on")


class CommentsUndecided(ActionRefused):
    sentence = _("The discussion cannot be closed: comments still lack a decision. How many:")


class NoDiscussion(ActionRefused):
    sentence = _("The draft is not in discussion.")


class NotReported(ActionRefused):
    sentence = _("First close the discussion with its report.")


class DraftIsOver(ActionRefused):
    sentence = _("The draft has been adopted or withdrawn; nothing about it changes any more.")


class ReasonNeeded(ActionRefused):
    sentence = _("Give the reason in Kazakh and in Russian.")


class AttachmentTwice(ActionRefused):
    sentence = _("A file of this name is attached already.")


class AttachmentKindUnknown(ActionRefused):
    sentence = _("A file of this kind cannot be attached. These can:")


class TooManyAttachments(ActionRefused):
    sentence = _("The draft has as many attachments as it may have:")


class StreamNotAllowed(ActionRefused):
    sentence = _("Streams may stand on these sites only:")


class MeetingInThePast(ActionRefused):
    sentence = _("A meeting cannot be announced after it has begun.")


class AnnouncedTwice(ActionRefused):
    sentence = _("This link is in the list already.")


class LinkElsewhere(ActionRefused):
    sentence = _("The link does not lead to the place you have chosen.")


class CategoryTheSame(ActionRefused):
    sentence = _("The draft is in this category already.")


class CategoryMoved(ActionRefused):
    sentence = _(
        "The category has been changed to another one since the reader wrote. Keep it and say "
        "why; or change it in the passport of the draft, then agree."
    )


class ReportedAlready(ActionRefused):
    sentence = _("This has been reported already; what the body answers stands on this page.")


class DecidedAlready(ActionRefused):
    sentence = _("This has been decided already.")


class ParagraphUnknown(ActionRefused):
    sentence = _("The newest version has no such paragraph.")
