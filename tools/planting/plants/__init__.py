"""All plants, a module per family of rules; importing them registers them."""

from tools.planting.planting import PLANTS
from tools.planting.plants import (
    access,
    contacts,
    content,
    documents,
    freshness,
    health,
    languages,
    sections,
    wayfinding,
    words,
)

__all__ = [
    "PLANTS",
    "access",
    "contacts",
    "content",
    "documents",
    "freshness",
    "health",
    "languages",
    "sections",
    "wayfinding",
    "words",
]
