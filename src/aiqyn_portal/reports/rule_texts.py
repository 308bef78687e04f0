"""What the public pages say of a rule, in the active language."""

from typing import NamedTuple

from django.urls import NoReverseMatch, reverse

from aiqyn.rules import load
from aiqyn_portal.base.formats import say_phrase


class RuleText(NamedTuple):
    """A rule of the catalogue; only its code where the catalogue does not know it."""

    code: str
    title: str
    fix: str
    href: str  # of the rule's own page; "" when there is none
    notes: dict[str, str]

    def say_note(self, key: str) -> str:
        """The phrase behind a finding's or a place's note."""
        return self.notes.get(key, "")


def rule_text(code: str) -> RuleText:
    """The rule with this code; the code alone where the catalogue has no such rule."""
    rule = load().get(code)
    if rule is None:
        return RuleText(code=code, title="", fix="", href="", notes={})
    text = rule.text
    return RuleText(
        code=code,
        title=say_phrase(text.title),
        fix=say_phrase(text.fix),
        href=_page(code),
        notes={key: say_phrase(phrase) for key, phrase in text.notes.items()},
    )


def _page(code: str) -> str:
    try:
        return reverse("site_audit:rule", args=[code])
    except NoReverseMatch:
        return ""
