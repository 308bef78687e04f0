"""Settings. Everything an operator changes comes from the environment (docs/operate.md)."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("AIQYN_VAR", ROOT / "var"))  # database, evidence, secret

DEBUG = False
SECRET_KEY = os.environ.get("AIQYN_SECRET_KEY", "only for tests")
ALLOWED_HOSTS = os.environ.get("AIQYN_HOSTS", "localhost 127.0.0.1 [::1] testserver").split()
ROOT_URLCONF = "aiqyn_portal.project.urls"
WSGI_APPLICATION = "aiqyn_portal.project.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR / "aiqyn.sqlite3"}}

LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LANGUAGE_CODE = "kk"
USE_TZ = True
TIME_ZONE = "Asia/Almaty"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "aiqyn_portal.base",
    "aiqyn_portal.trail",
    "aiqyn_portal.bodies",
    "aiqyn_portal.accounts",
    "aiqyn_portal.evidence",
    "aiqyn_portal.sections.site_audit",
    "aiqyn_portal.evaluation",
    "aiqyn_portal.reports",
]
