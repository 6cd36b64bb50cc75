"""Settings of the portal. Everything that differs between machines comes from the environment (README, "Cấu hình").

Importing this module starts nothing; without SECRET_KEY and FIELD_KEYS it writes two random files below DATA_DIR.
"""

import secrets
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from povertyportal import environment

PORTAL_VERSION = "0.1"

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.folder("DATA_DIR", default=BASE_DIR / "var")

# DEBUG=1: development and demonstration. Django's own technical error pages only with DEBUG_PAGES=1 on top,
# so that a demonstration shows the pages an official would see.
DEVELOPMENT = environment.flag("DEBUG", default=True)
DEBUG = DEVELOPMENT and environment.flag("DEBUG_PAGES", default=False)

SECRET_KEY = environment.secret("SECRET_KEY", data_dir=DATA_DIR, make=lambda: secrets.token_urlsafe(64), minimum=50)
FIELD_KEYS = environment.field_keys("FIELD_KEYS", data_dir=DATA_DIR)
# how many proxies of ours a request passes; each must append to X-Forwarded-For and set X-Forwarded-Proto
TRUSTED_PROXIES = environment.count("TRUSTED_PROXIES", default=0, most=5)
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "povertyportal.core",
    "povertyportal.records",
    "households",
    "households.areas",
    "households.criteria",
    "programs",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "povertyportal.core.headers.PageHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "povertyportal.core.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "povertyportal.core.origin.OriginMiddleware",
    "povertyportal.core.session_guard.SessionGuard",  # ended and locked sessions, accounts not set up yet
    "povertyportal.core.sign_in_first.SignInFirst",  # a page is closed unless it says otherwise
    "povertyportal.core.doors.DoorMiddleware",
    "povertyportal.core.sign_in_first.NoBlankPages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "povertyportal.urls"
WSGI_APPLICATION = "povertyportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "povertyportal.core.context.portal",
            ],
        },
    },
]


def package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ImproperlyConfigured(f"Thiếu gói Python {name!r}: chạy bin/setup.")
    return Path(next(iter(spec.submodule_search_locations)))


def databases() -> dict[str, dict[str, Any]]:
    """``default`` is the web role, ``owner`` migrates; without DATABASE_URL both are roles of the embedded server."""
    web, owner = environment.database("DATABASE_URL"), environment.database("DATABASE_OWNER_URL")
    if web is None and owner is not None:
        raise ImproperlyConfigured("DATABASE_OWNER_URL có mà DATABASE_URL không: cần đặt cả hai, hoặc bỏ cả hai.")
    if web is None:
        common = {"NAME": "povertyportal", "EMBEDDED": DATA_DIR}
        web, owner = {**common, "USER": "portal_web"}, {**common, "USER": "portal_owner"}
    found = {"default": web} | ({"owner": owner} if owner else {})
    for connection in found.values():
        connection |= {
            "ENGINE": "povertyportal.pgbackend",
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    return found


ALLOW_EMBEDDED = DEVELOPMENT or environment.flag("ALLOW_EMBEDDED", default=False)
DATABASES = databases()
# why the portal may not serve on the embedded server; empty when it may
EMBEDDED_REFUSAL = (
    ""
    if ALLOW_EMBEDDED or "EMBEDDED" not in DATABASES["default"]
    else "Với DEBUG=0, cần DATABASE_URL của một máy chủ PostgreSQL; "
    "muốn dùng máy chủ kèm theo thì đặt ALLOW_EMBEDDED=1."
)
DATABASE_ROUTERS = ["povertyportal.core.privileges.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # whether his name is locked out, before anything is hashed
    "povertyportal.core.backends.PasswordBackend",  # who somebody is
    "households.access.backend.GrantBackend",  # what he may do today
]
# level 3 (docs, process.md §6.2); the last one hashes and comes after the cheap ones
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"povertyportal.core.passwords.{name}"}
    for name in ("StrongEnough", "UnlikeTheUser", "Uncommon", "NotOnlyDigits", "NotUsedBefore")
]
# Five wrong passwords or codes for one name lock that name for 12 hours, from wherever they come; other accounts of the same
# office (one address for all) go on working. SignInRecord is the log, so that axes keeps none.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(hours=12)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_HANDLER = "povertyportal.core.lockout.CountingHandler"  # stores no form: a password may stand in any field
AXES_LOCKOUT_CALLABLE = "povertyportal.core.lockout.answer"
AXES_CLIENT_IP_CALLABLE = "povertyportal.core.lockout.address_of"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # by name only, on purpose: the rule of level 3
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
CSRF_FAILURE_VIEW = "povertyportal.core.views.errors.csrf_failure"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 31_536_000
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", package_folder("bootstrap"))]
WHITENOISE_USE_FINDERS = DEVELOPMENT
WHITENOISE_AUTOREFRESH = DEVELOPMENT
# compressed already, read by WeasyPrint only (ttf), or by developers only (map)
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "jpeg", "png", "gif", "webp", "woff", "woff2", "ttf", "map")
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # seconds; nobody stays signed in longer, whatever he does
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEVELOPMENT
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEVELOPMENT
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "povertyportal.core.logs.DiscreetFormatter",
            "fmt": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"povertyportal": {"level": "INFO"}, "django_tasks_db": {"level": "ERROR"}, "axes": {"level": "ERROR"}},
}
