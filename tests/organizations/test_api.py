"""The API: search never errors, scope is what a member may look up, queries are constant."""

from accounts.devices import *  # noqa: F403
