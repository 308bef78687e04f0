"""What the public pages say of a rule, whether or not the catalogue knows it."""

from typing import NamedTuple

from django.urls import NoReverseMatch, reverse


class RuleText(NamedTuple):
    code: str
    title: str
    fix: str
    href: str  # of the rule's own page; "" when there is none
    notes: dict[str, str]

    def say_note(self, key: str) -> str:
        """The phrase behind a finding's or a place's note."""
        return self.notes.get(key, "")


def rule_text(code: str) -> RuleText:
    """The rule with this code; the code itself where the catalogue has no such rule."""
    return RuleText(code=code, title="", fix="", href=_page(code), notes={})


def _page(code: str) -> str:
    try:
        return reverse("site_audit:rule", args=[code])
    except NoReverseMatch:
        return ""
