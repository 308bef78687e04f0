"""Everything that changes what people are told."""

from aiqyn_portal.notices.actions.following import follow, unfollow
from aiqyn_portal.notices.actions.telling import Notice, tell

__all__ = ["Notice", "follow", "tell", "unfollow"]
