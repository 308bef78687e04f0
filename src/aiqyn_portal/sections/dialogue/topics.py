"""What the notices call conferences and commitments that people follow."""

from aiqyn_portal.notices.topics import Named
from aiqyn_portal.sections.dialogue.models import Commitment, Conference


def conference(slug: str) -> Named | None:
    found = Conference.objects.filter(slug=slug).first()
    return Named(found.title, "dialogue:conference", {"slug": slug}) if found else None


def commitment(key: str) -> Named | None:
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    found = Commitment.objects.filter(pk=int(key)).first()
    return Named(found.text, "dialogue:commitment", {"pk": found.pk}) if found else None
