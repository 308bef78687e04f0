"""`{% load reports %}`: changes with their sign, names of programs."""

import re
from decimal import Decimal

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from aiqyn_portal.reports import figures

register = template.Library()


@register.filter
def signed(value: Decimal | None) -> str:
    """`{{ change|signed }}`: +5,3 or −2,0; a dash for None."""
    return figures.signed(value, figures.separator())


@register.filter
def code_marked(words: str) -> SafeString:
    """What stands between backticks as <code>; everything else as it is."""
    return SafeString(re.sub(r"`([^`]+)`", r"<code>\1</code>", conditional_escape(words)))
