"""A theme comes from a list that others use too."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.passport import Passport
from aiqyn.subjects.vocabulary import is_known_theme


def check(passport: Passport) -> Iterator[Place]:
    themes = passport.dataset.themes
    if not themes:
        raise Inapplicable
    if not any(is_known_theme(theme) for theme in themes):
        yield Place(where="themes", saw=", ".join(themes)[:200], note="unknown")
