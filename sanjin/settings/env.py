"""Where settings come from: the environment, then `.env` beside manage.py."""

import sys
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
# Not from the environment: nobody can switch it on in production.
TESTING = "pytest" in sys.modules

# What the demo keeps on this machine: its servers' data, secrets, sample accounts and workbooks.
LOCAL_DIR = env.path("LOCAL_DIR", default=str(BASE_DIR / ".local"))
