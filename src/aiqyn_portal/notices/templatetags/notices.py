"""`{% follow_button "draft:su-kodeksi" %}`: follow a topic, or stop, from its own page."""

from django import template
from django.utils.safestring import SafeString

from aiqyn_portal.notices import buttons

register = template.Library()


@register.simple_tag(takes_context=True)
def follow_button(context: template.Context, topic: str) -> SafeString:
    return buttons.follow_button(context["request"], topic)
