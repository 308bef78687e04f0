"""What changes contributions."""

from aiqyn_portal.contributions.actions.deciding import (
    decide,
    finish,
    group,
    reflect,
    register,
    reopen,
    ungroup,
)
from aiqyn_portal.contributions.actions.erasing import erase_text, leave
from aiqyn_portal.contributions.actions.moderating import (
    appeal,
    decide_appeal,
    keep,
    mask,
    moderate,
    report,
    restore,
)
from aiqyn_portal.contributions.actions.receiving import receive
from aiqyn_portal.contributions.actions.supporting import rate, seal_votes, support, withdraw

__all__ = [
    "appeal",
    "decide",
    "decide_appeal",
    "erase_text",
    "finish",
    "group",
    "keep",
    "leave",
    "mask",
    "moderate",
    "rate",
    "receive",
    "reflect",
    "register",
    "reopen",
    "report",
    "restore",
    "seal_votes",
    "support",
    "ungroup",
    "withdraw",
]
