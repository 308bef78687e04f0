"""What the notices call drafts and categories that people follow."""

from aiqyn_portal.notices.topics import Named
from aiqyn_portal.sections.drafts.models import Draft
from aiqyn_portal.sections.drafts.vocabulary import categories


def draft(slug: str) -> Named | None:
    found = Draft.objects.public().filter(slug=slug).first()
    return Named(found.title, "drafts:draft", {"slug": slug}) if found else None


def category(code: str) -> Named | None:
    title = categories().get(code)
    return Named(title, "drafts:category", {"code": code}) if title else None
