"""`{% load reports %}`: changes with their sign."""

from decimal import Decimal

from django import template

from aiqyn_portal.reports import figures

register = template.Library()


@register.filter
def signed(value: Decimal | None) -> str:
    """`{{ change|signed }}`: +5,3 or −2,0; a dash for None."""
    return figures.signed(value, figures.separator())
