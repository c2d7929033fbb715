"""Fixtures that every test may use. The environment must stand before Django reads its settings."""

from tests import environment

environment.prepare()

pytest_plugins = [
    "tests.plugins.promise",
    "tests.plugins.browser",
    "tests.plugins.database",
    "tests.plugins.servers",
    "tests.plugins.workers",
]
