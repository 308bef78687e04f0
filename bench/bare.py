"""The smallest Django that shows the published table: what the framework itself costs."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["BARE_DATABASE"],
            "CONN_MAX_AGE": None,
        }
    },
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
application = get_wsgi_application()

PAGE = Template(
    "<!doctype html><html lang=kk><title>Scores</title><table>"
    "{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}"
    "</table></html>"
)


def table(request: HttpRequest) -> HttpResponse:
    """All rows of the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM scores")
        rows = cursor.fetchall()
    return HttpResponse(PAGE.render(Context({"rows": rows})))


urlpatterns = [path("", table)]
