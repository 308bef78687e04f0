"""Everything that changes a due date, the calendar or a term."""

from aiqyn_portal.deadlines.actions.calendar import enter_day, recompute, withdraw_day
from aiqyn_portal.deadlines.actions.clock import (
    assign,
    extend,
    hand_over,
    lapse,
    meet,
    resume,
    start,
    suspend,
    withdraw,
)

__all__ = [
    "assign",
    "enter_day",
    "extend",
    "hand_over",
    "lapse",
    "meet",
    "recompute",
    "resume",
    "start",
    "suspend",
    "withdraw",
    "withdraw_day",
]
