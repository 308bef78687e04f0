"""The portal for a WSGI server; Granian is told `aiqyn_portal.project.wsgi:application`, or
`…:begun` with `--factory`, which is called in each process before it takes requests.
"""

import os
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import override

from aiqyn.words import analyse
from aiqyn_portal.base.shared import Shared

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiqyn_portal.project.settings")


def warm_up() -> None:
    """Read addresses, words and the layout before the first request is taken.

    A process that starts in the middle of a crowd would answer its first readers seconds late.
    """
    for language, _name in settings.LANGUAGES:
        with override(language):
            reverse("reports:home")
            get_template("base/page.html").render({})


def read_ahead() -> None:
    """Read what the first pages and the first search would, for processes that are forked off."""
    analyse("сөз слово word")  # tables of endings, of both spellings
    for app in _own_apps():
        folder = Path(app.path) / "templates"
        for template in folder.rglob("*.html"):
            get_template(str(template.relative_to(folder)))


def begun() -> Shared:
    """Return the portal, once it has drawn what the other processes' readers ask for."""
    application.ask_ahead(_leave)
    return application


def _leave() -> None:
    """Let go of the connection of this thread; another may go on with it where that is possible."""
    getattr(connection, "leave", connection.close)()


def _own_apps() -> list[AppConfig]:
    return [app for app in apps.get_app_configs() if app.name.startswith("aiqyn_portal.")]


application = Shared(get_wsgi_application(), settings.SHARED_ANSWERS_MS / 1000)
warm_up()
