"""Settings: a short base and one file per integration. Everything that differs between machines is in the environment."""

from .accounts import *
from .base import *
from .celery import *
from .database import *
from .features import *
from .logging import *
from .rest import *
from .security import *
from .sms import *
from .static import *
