"""Everything that changes what people are told."""

from aiqyn_portal.notices.actions.bounces import take_back
from aiqyn_portal.notices.actions.following import follow, unfollow
from aiqyn_portal.notices.actions.gathering import gather
from aiqyn_portal.notices.actions.posting import Postman
from aiqyn_portal.notices.actions.readers import (
    ask_by_email,
    choose,
    confirm,
    forget_old,
    make_feed,
    read,
    read_all,
    revoke_feed,
    stop,
)
from aiqyn_portal.notices.actions.telling import Notice, tell

__all__ = [
    "Notice",
    "Postman",
    "ask_by_email",
    "choose",
    "confirm",
    "follow",
    "forget_old",
    "gather",
    "make_feed",
    "read",
    "read_all",
    "revoke_feed",
    "stop",
    "take_back",
    "tell",
    "unfollow",
]
