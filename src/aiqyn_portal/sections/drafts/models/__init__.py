"""What is kept of drafts."""

from aiqyn_portal.sections.drafts.models.drafts import (
    Announcement,
    CategoryReport,
    Discussion,
    Draft,
)
from aiqyn_portal.sections.drafts.models.meetings import Meeting
from aiqyn_portal.sections.drafts.models.texts import (
    Attachment,
    Fate,
    Paragraph,
    Text,
    Version,
)

__all__ = [
    "Announcement",
    "Attachment",
    "CategoryReport",
    "Discussion",
    "Draft",
    "Fate",
    "Meeting",
    "Paragraph",
    "Text",
    "Version",
]
