"""Who you are: passwords, sessions, captcha, lock-out, tokens."""

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from .env import DEBUG, TESTING, env

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["accounts.backends.AdminBackend"]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "workbench:home"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "accounts.hashers.OneTimeHasher",  # slips only (F42): random, 74 bits
]
PASSWORD_LENGTH = (8, 20)  # F20

# threats.md: admin sessions end after 15 idle minutes and after 12 hours at the latest.
SESSION_COOKIE_AGE = 12 * 3600
ADMIN_IDLE_SECONDS = env.int("ADMIN_IDLE_SECONDS", default=15 * 60)
SESSION_COOKIE_NAME = "sanjin_session"

# F35: five wrong passwords lock for an hour, for (account, unknown device).
LOGIN_FAILURES_TO_LOCK = 5
LOGIN_FAILURES_TO_CAPTCHA = 3  # in the app, which asks for no captcha before
LOGIN_LOCK_SECONDS = 3600
# From one address, whatever the accounts: an office of hundreds may stand behind one.
LOGIN_ADDRESS_FAILURES = env.int("LOGIN_ADDRESS_FAILURES", default=100)
# In a minute, from everywhere: then unknown devices wait for its end.
LOGIN_TOTAL_FAILURES = env.int("LOGIN_TOTAL_FAILURES", default=600)
# The same for codes that set a password (members/actions/codes.py says what that bounds).
RESET_TOTAL_FAILURES = env.int("RESET_TOTAL_FAILURES", default=120)
LOGIN_ADDRESS_LOCK_SECONDS = env.int("LOGIN_ADDRESS_LOCK_SECONDS", default=15 * 60)

# A device that has not logged in for so long is unknown again: each login with a new name for it would leave a row for ever.
DEVICE_KNOWN_DAYS = 400

# F17: one use, 5 minutes, refreshable.
CAPTCHA_TIMEOUT = 5
CAPTCHA_LENGTH = 4
CAPTCHA_CHALLENGE_FUNCT = "accounts.captcha.readable_challenge"
CAPTCHA_TEST_MODE = env.bool("CAPTCHA_TEST_MODE", default=False)
if CAPTCHA_TEST_MODE and not (DEBUG or TESTING):
    # Not a system check: gunicorn and Celery run none, and every process must refuse.
    raise ImproperlyConfigured("CAPTCHA_TEST_MODE accepts any answer: it is only for DEBUG=1 and pytest.")
CAPTCHA_FONT_SIZE = 30
CAPTCHA_LETTER_ROTATION = (-15, 15)
CAPTCHA_IMAGE_SIZE = (120, 44)

# Keys of the sealed fields: key id → hex. The first one seals, all open. Never in the database (threats.md).
SEAL_KEYS = env.dict("SEAL_KEYS")
BLIND_INDEX_KEY = env("BLIND_INDEX_KEY")

REST_KNOX = {
    "TOKEN_TTL": timedelta(days=30),
    "AUTO_REFRESH": True,
    "AUTO_REFRESH_MAX_TTL": timedelta(days=90),
    "MIN_REFRESH_INTERVAL": 3600,
    "TOKEN_LIMIT_PER_USER": None,
}
KNOX_TOKEN_MODEL = "accounts.DeviceToken"  # noqa: S105 a model, not a secret
