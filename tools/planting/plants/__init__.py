"""All plants, a module per family of rules; importing them registers them."""

from tools.planting.plants import (
    access,
    contacts,
    content,
    documents,
    freshness,
    health,
    languages,
    wayfinding,
    words,
)
from tools.planting.planting import PLANTS

__all__ = [
    "PLANTS",
    "access",
    "contacts",
    "content",
    "documents",
    "freshness",
    "health",
    "languages",
    "wayfinding",
    "words",
]
