"""Static files are served by whitenoise with hashed names; private files lie outside any served folder."""

from .env import BASE_DIR, DEBUG, env

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]

# Hashed names need `collectstatic`; without them (development, demo, tests) files are served from where
# they are.
STATIC_HASHED = env.bool("STATIC_HASHED", default=not DEBUG)
WHITENOISE_USE_FINDERS = not STATIC_HASHED
WHITENOISE_MAX_AGE = 60 if STATIC_HASHED else 0
WHITENOISE_ALLOW_ALL_ORIGINS = False

MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))
MEDIA_URL = "/media/"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "sanjin.common.storage.HashedStaticStorage"
            if STATIC_HASHED
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        ),
    },
}
