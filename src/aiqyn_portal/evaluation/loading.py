"""The published rounds that come with the library."""

from django.utils import timezone

from aiqyn_portal.evaluation.actions import load_published
from aiqyn_portal.evaluation.models import Round

AKIMATS = "thesis_appendix3_openness_scores_2019_2020"
PUBLISHED = (
    # methodology and code of the round, table, year the figures speak of
    ("kz-openness-2019", AKIMATS, 2019),
    ("kz-openness-2020", AKIMATS, 2020),
)


def load_all_published() -> list[Round]:
    """Load every published round that is not there yet; the bodies must be in the registry."""
    at = timezone.now()
    return [load_published(code, code, table, year=year, at=at) for code, table, year in PUBLISHED]
