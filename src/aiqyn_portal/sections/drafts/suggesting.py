"""What the texts themselves tell of a draft: its title, its type, its category."""

from datetime import datetime

from django.utils.translation import gettext as _

from aiqyn.acts import categories as acts_categories
from aiqyn.acts.model import Act
from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.sections.drafts import actions
from aiqyn_portal.sections.drafts.models import Draft, Version
from aiqyn_portal.sections.drafts.queries.readiness import open_version
from aiqyn_portal.sections.drafts.reading import act_of
from aiqyn_portal.sections.drafts.vocabulary import categories

SURE = 0.35  # share from which a category is filled in; below, it is only named
NAMED = 3  # categories named to the officer


def fill(draft: Draft, version: Version, *, by: User, at: datetime) -> None:
    """Put what the texts tell into a passport that is still empty."""
    acts = _acts(version)
    if not acts:
        return
    guessed = suggested(version)
    passport = actions.Passport(
        title=Phrase({language: act.title[:1000] for language, act in acts.items() if act.title}),
        type=next((kind for act in acts.values() if (kind := act.kind_of_act)), ""),
        category=guessed[0][0] if guessed and guessed[0][1] >= SURE else "",
    )
    actions.change_passport(draft, passport, seen=draft.edition, by=by, at=at)


def _acts(version: Version) -> dict[str, Act]:
    return {text.language: act_of(text) for text in version.texts.all()}


def suggested(version: Version) -> list[tuple[str, float]]:
    """Categories the texts speak of, the likeliest first, with their shares."""
    shares: dict[str, float] = {}
    acts = _acts(version)
    for act in acts.values():
        for code, share in acts_categories.suggest(act):
            shares[code] = shares.get(code, 0.0) + share / len(acts)
    return sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))[:NAMED]


def hint(draft: Draft) -> str:
    """Which categories the text suggests, for the officer who chooses."""
    version = open_version(draft) or draft.newest
    found = suggested(version) if version else []
    if not found:
        return ""
    known = categories()
    named = [f"{say_phrase(known[code])} ({share:.0%})" for code, share in found if code in known]
    return _("The text suggests: %(categories)s.") % {"categories": ", ".join(named)}


def is_doubtful(draft: Draft) -> bool:
    """Whether the text surely speaks of another category than the one chosen."""
    found = suggested(draft.newest) if draft.newest else []
    return bool(found) and found[0][1] >= SURE and draft.category not in dict(found)
