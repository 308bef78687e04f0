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
from aiqyn_portal.deadlines.actions.reminding import watch
from aiqyn_portal.deadlines.actions.settings import change_term, name_head, new_feed

__all__ = [
    "assign",
    "change_term",
    "enter_day",
    "extend",
    "hand_over",
    "lapse",
    "meet",
    "name_head",
    "new_feed",
    "recompute",
    "resume",
    "start",
    "suspend",
    "watch",
    "withdraw",
    "withdraw_day",
]
