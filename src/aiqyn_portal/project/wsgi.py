"""The portal for a WSGI server; Granian is told `aiqyn_portal.project.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiqyn_portal.project.settings")
application = get_wsgi_application()
