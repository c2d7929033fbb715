"""Fixtures that every test may use. The environment must stand before Django reads its settings."""

import os

from hypothesis import settings

from tests import environment

environment.prepare()

# `make oracle` looks twenty times longer than the build.
settings.register_profile("build", max_examples=100, stateful_step_count=40, deadline=None)
settings.register_profile("oracle", max_examples=2000, stateful_step_count=50, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "build"))

pytest_plugins = [
    "tests.plugins.promise",
    "tests.plugins.bell",
    "tests.plugins.browser",
    "tests.plugins.database",
    "tests.plugins.files",
    "tests.plugins.registers",
    "tests.plugins.servers",
    "tests.plugins.workers",
    "tests.plugins.world",
]
