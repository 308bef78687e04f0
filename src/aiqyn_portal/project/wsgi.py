"""The portal for a WSGI server; Granian is told `aiqyn_portal.project.wsgi:application`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import override

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiqyn_portal.project.settings")


def warm_up() -> None:
    """Read addresses, words and the layout before the first request is taken.

    A process that starts in the middle of a crowd would answer its first readers seconds late.
    """
    for language, _name in settings.LANGUAGES:
        with override(language):
            reverse("reports:home")
            get_template("base/page.html").render({})


application = get_wsgi_application()
warm_up()
