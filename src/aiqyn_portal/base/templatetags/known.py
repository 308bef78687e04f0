"""`{% translate %}` and `{% url %}` as Django has them, but what they say is found once and kept.

A page says the same words and leads to the same places each time it is drawn.
"""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as any_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 8192  # addresses, by each process
PLAIN = (str, SafeString, int)  # True equals 1, and a word of a list its value: those are no such

register = template.Library()


class Words(TranslateNode):
    """Words that stand in the template itself: found once in each language."""

    def __init__(self, plain: TranslateNode) -> None:
        super().__init__(plain.filter_expression, plain.noop, plain.asvar, plain.message_context)
        self._said: dict[tuple[str | None, bool], str] = {}

    def render(self, context: template.Context) -> str:
        key = (get_language(), context.autoescape)
        if key not in self._said:
            drawn = super().render(context)
            self._said[key] = context[self.asvar] if self.asvar else drawn
        if not self.asvar:
            return self._said[key]
        context[self.asvar] = self._said[key]
        return ""


class Address(URLNode):
    """The address of a view, by its name and by the numbers and words that stand in it."""

    def render(self, context: template.Context) -> str:
        given = tuple([each.resolve(context) for each in self.args])
        if self.kwargs or not all(type(each) in PLAIN for each in given):
            return super().render(context)
        match = getattr(getattr(context, "request", None), "resolver_match", None)
        try:
            plain, escaped = _address(
                self.view_name.resolve(context),
                given,
                match.namespace if match else None,
                get_language(),
                get_script_prefix(),
                settings.ROOT_URLCONF,
            )
        except NoReverseMatch:
            return super().render(context)
        if not self.asvar:
            return escaped if context.autoescape else plain
        context[self.asvar] = plain
        return ""


@lru_cache(maxsize=KEPT)
def _address(
    view: str, given: tuple[Any, ...], namespace: str | None, *_where: str | None
) -> tuple[str, SafeString]:
    """As it is, and escaped; `_where`: what else it rests on."""
    found = reverse(view, args=given, current_app=namespace)
    return found, escape(found)


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> TranslateNode:
    node = do_translate(parser, token)
    context = node.message_context
    is_known = _is_literal(node.filter_expression) and (context is None or _is_literal(context))
    return Words(node) if is_known else node


@register.tag
def url(parser: Parser, token: Token) -> Address:
    node = any_url(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)


def _is_literal(said: FilterExpression) -> bool:
    return not said.filters and getattr(said.var, "lookups", None) is None
