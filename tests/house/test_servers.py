"""The embedded servers: a crash loses nothing that was acknowledged, and the address stays."""

import psycopg2
import pytest
import redis

from sanjin.local.servers.postgres import letters

pytestmark = pytest.mark.race


def execute(url: str, statement: str) -> list:
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def test_postgres_killed_keeps_what_was_committed(own_postgres):
    url = own_postgres.url
    execute(url, "CREATE TABLE kept (a int); INSERT INTO kept VALUES (1)")
    own_postgres.kill()
    own_postgres.start()
    assert own_postgres.url == url
    assert execute(url, "SELECT a FROM kept") == [(1,)]


def test_postgres_left_behind_is_taken_over(own_postgres):
    left_behind = own_postgres.pid
    again = type(own_postgres)(own_postgres.folder)
    with again:
        assert again.pid != left_behind
        assert execute(again.url, "SELECT 1") == [(1,)]


def test_redis_killed_answers_again_at_the_same_address(own_redis):
    url = own_redis.url
    own_redis.kill()
    own_redis.start()
    assert own_redis.url == url
    assert redis.Redis.from_url(url).ping()


def test_servers_want_a_password(own_postgres, own_redis):
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(own_postgres.url.replace(own_postgres.password, "wrong"))
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=own_redis.port).ping()


@pytest.mark.skipif(letters() == "C", reason="this machine has no locale C.UTF-8")
def test_postgres_knows_the_letters_of_chinese(own_postgres):
    """Without them an index of trigrams holds nothing of a Chinese name."""
    [(trigrams,)] = execute(
        own_postgres.url, "CREATE EXTENSION IF NOT EXISTS pg_trgm; SELECT show_trgm('迎泽街道')"
    )
    assert len(trigrams) == 5
