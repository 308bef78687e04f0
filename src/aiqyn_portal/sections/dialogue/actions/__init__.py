"""What changes the dialogue."""

from aiqyn_portal.sections.dialogue.actions.answering import File, Reply, answer, pass_on
from aiqyn_portal.sections.dialogue.actions.commitments import drop, keep, move, promise, tell_news
from aiqyn_portal.sections.dialogue.actions.conferences import (
    Invitation,
    announce,
    call_off,
    publish_results,
)
from aiqyn_portal.sections.dialogue.actions.heads import Presented, appoint, present
from aiqyn_portal.sections.dialogue.actions.marking import mark

__all__ = [
    "File",
    "Invitation",
    "Presented",
    "Reply",
    "announce",
    "answer",
    "appoint",
    "call_off",
    "drop",
    "keep",
    "mark",
    "move",
    "pass_on",
    "present",
    "promise",
    "publish_results",
    "tell_news",
]
