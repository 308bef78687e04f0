"""Why an action was refused; every refusal says so in a sentence a person can read."""

from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.refusals import ActionRefused


class NothingThere(ActionRefused):
    sentence = _("What you are writing about is no longer here.")


class Closed(ActionRefused):
    sentence = _("Nothing more can be written here.")


class TextIsEmpty(ActionRefused):
    sentence = _("Write what you want to say, in words.")


class TextTooLong(ActionRefused):
    sentence = _("The text is too long. The most characters:")


class TooManyNow(ActionRefused):
    sentence = _("You have written very much in a short time. Send this one a little later.")


class ConsentNeeded(ActionRefused):
    """Holds the texts as they would be published."""

    sentence = _("There are personal data in the text. Agree to mask them, or take them out.")

    def __init__(self, masked: dict[str, str]) -> None:
        super().__init__()
        self.masked = masked


class NotPublic(ActionRefused):
    sentence = _("This text is not published, so nothing can be done with it here.")


class OwnContribution(ActionRefused):
    sentence = _("One does not vote for what one has written oneself.")


class OnlySupported(ActionRefused):
    sentence = _("Questions are supported; nobody votes against one.")


class OwnWords(ActionRefused):
    sentence = _("Another moderator decides about what you have written yourself.")


class AlreadyDecided(ActionRefused):
    sentence = _("There is a decision already.")


class NotDecided(ActionRefused):
    sentence = _("There is no decision yet.")


class OutcomeUnknown(ActionRefused):
    sentence = _("Choose one of the decisions.")


class ReasonMissing(ActionRefused):
    sentence = _("Choose a reason that fits the decision.")


class WordsMissing(ActionRefused):
    sentence = _("Explain the decision in words: people read them.")


class ReceiverMissing(ActionRefused):
    sentence = _("Say which other body it is passed on to.")


class NothingChosen(ActionRefused):
    sentence = _("Choose at least one.")


class DifferentThings(ActionRefused):
    sentence = _("Only what was said about the same thing can be grouped.")


class AlreadyAppealed(ActionRefused):
    sentence = _("You have appealed against this already.")


class SameModerator(ActionRefused):
    sentence = _("Another moderator decides about an appeal, not the one who removed the text.")


class OfficersStay(ActionRefused):
    sentence = _("You act for a body. Ask an administrator to end your role first.")
