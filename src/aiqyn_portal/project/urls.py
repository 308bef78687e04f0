"""Every address of the portal. An app says its own in its urls.py.

`urlpatterns`        pages, under /kk/, /ru/, /en/
`plain_urlpatterns`  addresses without a language (API, feeds), when it has any
"""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from aiqyn_portal.base import routing, views

Patterns = list[URLPattern | URLResolver]


def _own_apps() -> list[str]:
    """Names of our apps that have addresses, in the order of INSTALLED_APPS."""
    names = [config.name for config in apps.get_app_configs()]
    return [
        name for name in names if name.startswith("aiqyn_portal.") and find_spec(f"{name}.urls")
    ]


def _pages() -> Patterns:
    return [routing.app(app) for app in _own_apps()]


def _plain() -> Patterns:
    found: Patterns = []
    for app in _own_apps():
        found += getattr(import_module(f"{app}.urls"), "plain_urlpatterns", [])
    return found


urlpatterns: Patterns = [
    path("", RedirectView.as_view(url="/kk/")),
    path("health/", views.health, name="health"),
    path("favicon.ico", views.favicon),
    routing.together(_plain()),
    # a provider knows one return address, whatever language the person reads
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    *i18n_patterns(
        *_pages(),
        path("accounts/", include("allauth.account.urls")),
        path("accounts/2fa/", include("allauth.mfa.urls")),
        path("accounts/3rdparty/", include("allauth.socialaccount.urls")),
        path("accounts/sessions/", include("allauth.usersessions.urls")),
    ),
]

handler400 = "aiqyn_portal.base.views.bad_request"
handler403 = "aiqyn_portal.base.views.forbidden"
handler404 = "aiqyn_portal.base.views.not_found"
handler500 = "aiqyn_portal.base.views.broken"
