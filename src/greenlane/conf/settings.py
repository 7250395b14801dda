"""Django settings. What an operator may change is in ``environment``; everything else is the same everywhere."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from greenlane.conf.databases import database
from greenlane.conf.environment import Environment

ENVIRONMENT = Environment()
PACKAGE = Path(__file__).resolve().parent.parent


def _secret_key() -> str:
    """The operator's key, else one kept in the home folder, made once and readable by its owner only."""
    given = ENVIRONMENT.secret_key.get_secret_value()
    if given:
        return given
    kept = ENVIRONMENT.home / "secret-key"
    try:
        return kept.read_text(encoding="ascii")
    except FileNotFoundError:
        ENVIRONMENT.home.mkdir(parents=True, exist_ok=True)
        fresh = secrets.token_urlsafe(50)
        try:
            with kept.open("x", encoding="ascii") as file:
                kept.chmod(0o600)
                file.write(fresh)
        except FileExistsError:  # another process was first
            return kept.read_text(encoding="ascii")
        return fresh


SECRET_KEY = _secret_key()
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = [host for host in ENVIRONMENT.hosts.split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in ENVIRONMENT.origins.split(",") if origin]
DEMONSTRATION = ENVIRONMENT.demonstration

ROOMS = [
    "records",
    "casework",
    "people",
    "places",
    "programs",
    "participants",
    "criteria",
    "applications",
    "vetting",
    "certification",
    "profiles",
    "validation",
    "consequences",
    "appeals",
    "validators",
    "revalidation",
    "sharing",
    "release",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    *[f"greenlane.{room}" for room in ROOMS],
    "greenlane.statute",
    "greenlane.demonstration",
    "greenlane.web",
    "greenlane.api",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "greenlane.web.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "greenlane.web.middleware.DeclaredAuthority",
]
ROOT_URLCONF = "greenlane.conf.urls"
WSGI_APPLICATION = "greenlane.conf.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "greenlane.web.context.shell",
            ],
        },
    }
]
DATABASES = {"default": database(ENVIRONMENT.database, ENVIRONMENT.home)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "web:sign-in"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "web:start"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# what was collected is served compressed; from the package itself, uncompressed, only where nothing was collected
WHITENOISE_USE_FINDERS = DEBUG or not STATIC_ROOT.is_dir()
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

GREENLANE_DOCUMENTS = ENVIRONMENT.documents
GREENLANE_COMPILED = ENVIRONMENT.home / "compiled"
GREENLANE_SIGNING_KEY = ENVIRONMENT.signing_key or ENVIRONMENT.home / "signing-key.pem"
GREENLANE_LOG_ORIGIN = ENVIRONMENT.log_origin
GREENLANE_VERIFIER_KEYS = tuple(ENVIRONMENT.verifier_keys.split())
GREENLANE_CLAMAV = ENVIRONMENT.clamav
GREENLANE_MAX_UPLOAD_BYTES = ENVIRONMENT.max_upload_bytes
GREENLANE_TIME_ZONE = ENVIRONMENT.time_zone
LOGGING_CONFIG = None
