"""Settings: a short base and one file per integration. Everything that differs between machines is in the environment."""

from .accounts import *  # noqa: F403
from .base import *  # noqa: F403  settings are one namespace by Django's design
from .celery import *  # noqa: F403
from .database import *  # noqa: F403
from .features import *  # noqa: F403
from .logging import *  # noqa: F403
from .rest import *  # noqa: F403
from .security import *  # noqa: F403
from .static import *  # noqa: F403
