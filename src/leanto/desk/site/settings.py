"""Django settings of the desk, made from the configuration that was handed in."""

from datetime import timedelta
from pathlib import Path

from django.utils.csp import CSP

from leanto.desk.site.configuration import configuration
from leanto.desk.site.database import at, in_a_file

_config = configuration()
_desk = Path(__file__).parents[1]

DEBUG = False
SECRET_KEY = _config.secret_key()
ALLOWED_HOSTS = [_config.host_name]
ROOT_URLCONF = "leanto.desk.site.urls"
ASGI_APPLICATION = None

INSTALLED_APPS = [
    "leanto.desk.people",
    "leanto.desk.roster",
    "leanto.desk.rota",
    "leanto.desk.audit",
    "leanto.desk.admission",
    "leanto.desk.enrolment",
    "leanto.desk.bulletin",
    "leanto.desk.directory",
    "leanto.desk.cover",
    "leanto.desk.team",
    "leanto.desk.opening",
    "leanto.desk.pages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "leanto.desk.site.middleware.quiet_headers",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "leanto.desk.site.static_files.StaticFiles",
    "leanto.desk.nameless.before_sessions",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_desk / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leanto.desk.site.context.every_page",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": at(_config.postgres) if _config.postgres else in_a_file(_config.database),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Attempts are counted in memory, so that no client address reaches a disk. The desk is one process.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}

AUTH_USER_MODEL = "people.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ALLAUTH_TRUSTED_PROXY_COUNT = _config.trusted_proxies
ACCOUNT_ADAPTER = "leanto.desk.people.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {
    "login": "leanto.desk.people.forms.SignInForm",
    "reauthenticate": "leanto.desk.people.forms.ConfirmPasswordForm",
    "change_password": "leanto.desk.people.forms.NewPasswordForm",
}
MFA_FORMS = {
    "authenticate": "leanto.desk.people.forms.CodeForm",
    "reauthenticate": "leanto.desk.people.forms.ConfirmCodeForm",
    "activate_totp": "leanto.desk.people.forms.FirstCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = _config.name
MFA_ADAPTER = "leanto.desk.people.adapter.SecondStepAdapter"

SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _config.secure
SESSION_COOKIE_NAME = "__Host-desk" if _config.secure else "desk"
CSRF_COOKIE_NAME = "__Host-desk-form" if _config.secure else "desk-form"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # until the browser closes, like the session
CSRF_FAILURE_VIEW = "leanto.desk.pages.refusals.form_expired"

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing goes to other sites. `no-referrer` would make browsers send `Origin: null` with our own
# forms, which the check against forged forms rightly refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if _config.secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _config.trusted_proxies else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20

USE_TZ = True
TIME_ZONE = _config.time_zone
USE_I18N = True
FORMAT_MODULE_PATH = "leanto.desk.site.formats"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
UNREVIEWED_LANGUAGES = {"es"}  # shown with a mark until a person has reviewed every sentence
LOCALE_PATHS = [_desk / "locale"]
LANGUAGE_COOKIE_NAME = "desk-language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = _config.secure

STATIC_URL = "static/"
STATICFILES_DIRS = [_desk / "site" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our files are for our pages
WHITENOISE_MAX_AGE = 0  # asked for anew each time, and answered by 304

# Nothing from a request reaches a log: Django's own lines quote paths, so a failing page is told by
# the type and place of its error alone.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"typeonly": {"()": "leanto.desk.site.logs.TypeOnly"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "typeonly"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
