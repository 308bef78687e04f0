"""What officers do with drafts, and what citizens report about them."""

from aiqyn_portal.sections.drafts.actions.announcing import add_announcement
from aiqyn_portal.sections.drafts.actions.attachments import File, attach, detach
from aiqyn_portal.sections.drafts.actions.calendar import move_discussions
from aiqyn_portal.sections.drafts.actions.categories import decide_category, report_category
from aiqyn_portal.sections.drafts.actions.deciding import Decision, decide, reflect
from aiqyn_portal.sections.drafts.actions.discussions import (
    Opening,
    close_discussion,
    extend_discussion,
    repeat_discussion,
    start_discussion,
)
from aiqyn_portal.sections.drafts.actions.endings import Adoption, adopt, withdraw
from aiqyn_portal.sections.drafts.actions.meetings import (
    Invitation,
    add_minutes,
    announce_meeting,
    call_off,
)
from aiqyn_portal.sections.drafts.actions.passports import Passport, change_passport, start_draft
from aiqyn_portal.sections.drafts.actions.texts import Upload, take_texts
from aiqyn_portal.sections.drafts.actions.versions import (
    give_up_version,
    publish_version,
    set_note,
    start_version,
)

__all__ = [
    "Adoption",
    "Decision",
    "File",
    "Invitation",
    "Opening",
    "Passport",
    "Upload",
    "add_announcement",
    "add_minutes",
    "adopt",
    "announce_meeting",
    "attach",
    "call_off",
    "change_passport",
    "close_discussion",
    "decide",
    "decide_category",
    "detach",
    "extend_discussion",
    "give_up_version",
    "move_discussions",
    "publish_version",
    "reflect",
    "repeat_discussion",
    "report_category",
    "set_note",
    "start_discussion",
    "start_draft",
    "start_version",
    "take_texts",
    "withdraw",
]
