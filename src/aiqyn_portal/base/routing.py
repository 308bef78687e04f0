"""Addresses of one app behind one look at how they begin.

Django tries every pattern of every app before the right one, in their order. An app whose
addresses begin otherwise is passed over here at once; the order, and what answers, stay the same.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import URLPattern, URLResolver, include
from django.urls.resolvers import RoutePattern

Patterns = Sequence[URLPattern | URLResolver]


class Beginning(RoutePattern):
    """An empty route that lets through only what begins as one of the addresses behind it."""

    def __init__(self, patterns: Patterns) -> None:
        super().__init__("", is_endpoint=False)
        self._first = first_words(patterns)

    def match(self, path: str) -> tuple[str, tuple[Any, ...], dict[str, Any]] | None:
        if self._first is None or path.partition("/")[0] in self._first:
            return path, (), {}
        return None


def first_words(patterns: Iterable[URLPattern | URLResolver]) -> frozenset[str] | None:
    """What stands before the first slash of every address; None where it may be anything."""
    routes = [each.pattern for each in patterns]
    words = {str(route).partition("/")[0] for route in routes}
    is_plain = all(isinstance(route, RoutePattern) for route in routes)
    return frozenset(words) if is_plain and not any("<" in word for word in words) else None


def app(name: str) -> URLResolver:
    """The pages of an app, as `path("", include("<name>.urls"))` has them."""
    module: Any
    module, app_name, namespace = include(f"{name}.urls")
    beginning = Beginning(module.urlpatterns)
    return URLResolver(beginning, module, app_name=app_name, namespace=namespace)


def together(patterns: Patterns) -> URLResolver:
    """Addresses outside any namespace, as if each stood alone."""
    return URLResolver(Beginning(patterns), list(patterns))
