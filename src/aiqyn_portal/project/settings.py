"""Settings. Everything an operator changes comes from the environment (docs/operate.md)."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from aiqyn_portal.project.environment import (
    chosen,
    data_folder,
    database,
    flag,
    levels,
    number,
    secret_key,
    words,
)
from aiqyn_portal.project.static_headers import lock_static

ROOT = Path(__file__).resolve().parents[3]
VAR = data_folder()
VAR.mkdir(mode=0o700, parents=True, exist_ok=True)  # the portal serves what is public in it

DEBUG = flag("AIQYN_DEBUG")
SECRET_KEY = secret_key(VAR)
SECRET_KEY_FALLBACKS = words("AIQYN_OLD_SECRET_KEYS")
ALLOWED_HOSTS = words("AIQYN_HOSTS", "localhost 127.0.0.1 [::1] testserver")
CSRF_TRUSTED_ORIGINS = words("AIQYN_ORIGINS")  # https://aiqyn.example.kz
# what letters, feeds and catalogues name as our own address
PUBLIC_ADDRESS = next(iter(CSRF_TRUSTED_ORIGINS), "https://aiqyn.example")
ROOT_URLCONF = "aiqyn_portal.project.urls"
WSGI_APPLICATION = "aiqyn_portal.project.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# an index that carries columns helps on PostgreSQL; on SQLite it is the same without them
SILENCED_SYSTEM_CHECKS = ["models.W040"]
DATABASES = {"default": database(VAR)}
EVIDENCE_STORE = os.environ.get("AIQYN_EVIDENCE", str(VAR / "evidence"))  # an fsspec address

INSTALLED_APPS = [
    "aiqyn_portal.base",  # first: its form widgets replace Django's
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "aiqyn_portal.trail",
    "aiqyn_portal.bodies",
    "aiqyn_portal.accounts",  # before allauth: its pages replace allauth's
    "aiqyn_portal.evidence",
    "aiqyn_portal.deadlines",
    "aiqyn_portal.notices",
    "aiqyn_portal.search",
    "aiqyn_portal.contributions",
    "aiqyn_portal.contributions.grouping",
    "aiqyn_portal.sections.dialogue",
    "aiqyn_portal.sections.drafts",
    "aiqyn_portal.sections.site_audit",
    "aiqyn_portal.sections.open_data",
    "aiqyn_portal.evaluation",
    "aiqyn_portal.reports",
    "aiqyn_portal.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "aiqyn_portal.base.middleware.permissions_policy",
    "aiqyn_portal.base.middleware.head_of_the_api",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "aiqyn_portal.accounts.middleware.OthersMayBeDown",
    "aiqyn_portal.accounts.middleware.SecondFactorFirst",
    "aiqyn_portal.base.middleware.no_nul_in_the_address",
    "aiqyn_portal.base.middleware.no_larger_than_a_form",
    "aiqyn_portal.base.middleware.private_pages_are_not_kept",
]

FORM_RENDERER = "aiqyn_portal.base.forms.GovukRenderer"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "aiqyn_portal.base.context.page",
                "aiqyn_portal.project.context.account_menu",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "aiqyn_portal.base.templatetags.aiqyn",
                "aiqyn_portal.base.templatetags.known",
            ],
        },
    }
]

# Languages and formats

LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LANGUAGE_CODE = "kk"
PORTAL = ROOT / "src" / "aiqyn_portal"
LOCALE_PATHS = [PORTAL / "project/locale", PORTAL / "accounts/allauth_words/locale"]
USE_TZ = True
TIME_ZONE = os.environ.get("AIQYN_TIME_ZONE", "Asia/Almaty")

# Sessions, cache, messages

SESSION_COOKIE_AGE = 60 * 60 * 12  # a working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "aiqyn_portal.base.views.forgery_refused"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CACHES = {
    "default": {  # shared by the server's processes: rate limits, drawn charts
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

# Static files: hashed names once `collectstatic` has run, plain names before

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "aiqyn_portal.base.storage.HashedStatic"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ADD_HEADERS_FUNCTION = lock_static
MEDIA_ROOT = VAR / "uploads"

# Sign-in

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
IS_ADMINISTRATOR = "aiqyn_portal.accounts.permissions.is_administrator"  # see base/guard.py
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:home"  # in the language the person reads
LOGIN_REDIRECT_URL_OF_OFFICERS = "evaluation:office"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "reports:home"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_USERNAME_BLACKLIST = ["system"]  # the trail's name for the portal itself
ACCOUNT_FORMS = {
    "login": "aiqyn_portal.accounts.forms.SignInForm",
    "signup": "aiqyn_portal.accounts.forms.SignUpForm",
}
ACCOUNT_ADAPTER = "aiqyn_portal.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of every change to the keys of an account
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # the sender says whose letter it is
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if flag("AIQYN_HTTPS") else "http"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Aiqyn"
SECOND_FACTOR_ROLES = chosen("AIQYN_SECOND_FACTOR_ROLES", ("officer", "evaluator", "administrator"))
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"APPS": []}}
if os.environ.get("AIQYN_OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": os.environ.get("AIQYN_OIDC_ID", "oidc"),
            "name": os.environ.get("AIQYN_OIDC_NAME", "OpenID Connect"),
            "client_id": os.environ.get("AIQYN_OIDC_CLIENT", ""),
            "secret": os.environ.get("AIQYN_OIDC_SECRET", ""),
            "settings": {"server_url": os.environ["AIQYN_OIDC_SERVER"]},
        }
    )

# the provider's own words for how sure it is of a person: word=low, substantial or high
OIDC_LEVELS = levels("AIQYN_OIDC_LEVELS")

# Evaluation

# what the form suggests; the law's own term is unverified
OBJECTION_WORKING_DAYS = number("AIQYN_OBJECTION_WORKING_DAYS", 5)
LEAGUE_PAGES_KEPT = number("AIQYN_LEAGUE_PAGES_KEPT", 256)  # drawn, by each process

# Audits asked for in the portal; workers (`manage.py worker`) carry them out

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["audits", "rechecks", "data"],
    }
}
AUDIT_CONTACT = os.environ.get("AIQYN_AUDIT_CONTACT", "")  # told to every server that is read
AUDIT_RATE = number("AIQYN_AUDIT_RATE", 2)  # requests a second to one host; 0: no limit
AUDIT_PAGES = number("AIQYN_AUDIT_PAGES", 5_000)
# pages of each site drawn in Chromium where it is found: every template, then its second page …
AUDIT_RENDERED = number("AIQYN_AUDIT_RENDERED", 12)
AUDIT_RUNS_A_DAY = number("AIQYN_AUDIT_RUNS_A_DAY", 3)  # of one body, asked for by its officers
AUDIT_RECHECKS_AN_HOUR = number("AIQYN_AUDIT_RECHECKS_AN_HOUR", 20)  # of one body
# private networks that may be audited none the less: an intranet, the demonstration
AUDIT_NETWORKS = words("AIQYN_AUDIT_NETWORKS")
OPEN_DATA_NETWORKS = words("AIQYN_DATA_NETWORKS")

# Open data; workers read what is uploaded

OPEN_DATA_MEGABYTES = number("AIQYN_DATA_MEGABYTES", 100)  # of one file
# bytes of files taken out before publication are kept so long; 0: for ever
OPEN_DATA_REMOVED_DAYS = number("AIQYN_DATA_REMOVED_DAYS", 0)
OPEN_DATA_PAGES_KEPT = number("AIQYN_DATA_PAGES_KEPT", 512)  # drawn, by each process
OPEN_DATA_COUNT_S = 5.0  # so long counted uses wait to be written; 0: not at all
# where stars look for the data: they ask whether it is on the web
OPEN_DATA_ADDRESS = os.environ.get("AIQYN_DATA_ADDRESS") or PUBLIC_ADDRESS

# What people write

CONTRIBUTIONS_LONGEST = number("AIQYN_CONTRIBUTION_CHARACTERS", 20_000)
CONTRIBUTIONS_A_MINUTE = number("AIQYN_CONTRIBUTIONS_A_MINUTE", 6)  # of one person
CONTRIBUTIONS_A_DAY = number("AIQYN_CONTRIBUTIONS_A_DAY", 100)
CONTRIBUTIONS_VOTES_A_MINUTE = number("AIQYN_VOTES_A_MINUTE", 60)
CONTRIBUTIONS_REPORTS_A_DAY = number("AIQYN_REPORTS_A_DAY", 50)
CONTRIBUTIONS_PACE_S = 1.0  # a process seals and groups no more often; 0: for each that is written
# a page that is the same for all is given again for so long to people without a session; 0: never
SHARED_ANSWERS_MS = number("AIQYN_SHARED_ANSWERS_MS", 1_000)
DRAFT_PAGES_KEPT = number("AIQYN_DRAFT_PAGES_KEPT", 256)  # drawn, of each kind, by each process

# A folder of root certificates and lists of revoked ones that signatures are judged by; "": none
SIGNATURE_TRUST = os.environ.get("AIQYN_SIGNATURE_TRUST", "")

# Dialogue: where formal appeals are lodged; they are handed over by this link, never taken here
APPEALS_ADDRESS = os.environ.get("AIQYN_APPEALS_ADDRESS", "https://eotinish.kz/")

# What a browser is told

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: is the square code of the second factor
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # a browser also holds the redirect after a form against this list
        "form-action": [
            SELF,
            *words("AIQYN_OIDC_SERVER"),
            *words("AIQYN_OIDC_ORIGINS"),
        ],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if flag("AIQYN_HTTPS"):
    SECURE_SSL_REDIRECT = flag("AIQYN_HTTPS_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_HSTS_SECONDS = number("AIQYN_HSTS_SECONDS", 31_536_000)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
if flag("AIQYN_BEHIND_PROXY"):  # the proxy sets, and strips from outside, X-Forwarded-Proto
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # else all people would share the proxy's address, and its limits of attempts
    ALLAUTH_TRUSTED_PROXY_COUNT = number("AIQYN_PROXIES", 1)

# Mail and log

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if os.environ.get("AIQYN_MAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["AIQYN_MAIL_HOST"]
    EMAIL_PORT = number("AIQYN_MAIL_PORT", 587)
    EMAIL_HOST_USER = os.environ.get("AIQYN_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("AIQYN_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = flag("AIQYN_MAIL_TLS", default=True)
    EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("AIQYN_MAIL_FROM", "aiqyn@localhost")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("AIQYN_LOG", "WARNING").upper()},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
