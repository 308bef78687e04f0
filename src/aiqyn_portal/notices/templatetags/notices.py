"""`{% follow_button "draft:su-kodeksi" %}`: follow a topic, or stop, from its own page."""

from typing import Any

from django import template

from aiqyn_portal.notices import queries

register = template.Library()


@register.inclusion_tag("notices/follow_button.html", takes_context=True)
def follow_button(context: template.Context, topic: str) -> dict[str, Any]:
    request = context["request"]
    return {
        "topic": topic,
        "user": request.user,
        "follows": queries.follows(request.user, topic),
        "here": request.get_full_path(),
        "request": request,
    }
