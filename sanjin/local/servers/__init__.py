"""PostgreSQL and a Redis-compatible server from wheels, as child processes.

with Postgres(Path(".local/postgres")) as postgres, Redis(Path(".local/redis")) as redis:
    postgres.url, redis.url
    postgres.kill(); postgres.start()   # same port, same data: a crash, and what comes after
"""

from .base import Server, ServerError, die_with_parent
from .ports import free_port, is_free
from .postgres import Postgres
from .redis import Redis

__all__ = ["Postgres", "Redis", "Server", "ServerError", "die_with_parent", "free_port", "is_free"]
