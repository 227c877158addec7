"""Insist on PostgreSQL and Redis before the tests begin: `python -m tests.house.reachable`."""

from __future__ import annotations

import os
import sys

import psycopg
import redis
from psycopg import sql
from sqlalchemy import make_url


def postgres(address: str) -> None:
    """Reach the server; make the database for the tests where it is missing.

    Raises:
        psycopg.Error: nobody answers there, or not to us.
    """
    url = make_url(address).set(drivername="postgresql")
    server = url.set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True, connect_timeout=10) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [url.database])
        if known.fetchone() is None:
            name = sql.Identifier(url.database or "test")
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


def main() -> int:
    """Try both services and name each that does not answer."""
    missing = []
    try:
        postgres(os.environ["LONGTABLE_TEST_DATABASE_URL"])
    except psycopg.Error as error:
        missing.append(f"PostgreSQL does not answer: {error}")
    try:
        redis.Redis.from_url(os.environ["LONGTABLE_TEST_REDIS_URL"], socket_timeout=10).ping()
    except redis.RedisError as error:
        missing.append(f"Redis does not answer: {error}")
    print("\n".join(missing) or "PostgreSQL and Redis answer.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
