"""`make demo`: the whole house on this machine. `python -m sanjin.local.demo [--stop]`.

Servers (unless DATABASE_URL and REDIS_URL name others), migrations, the sample province, web, worker, beat;
then the addresses and accounts. Ctrl-C or SIGTERM ends all of it in order; what a kill -9 leaves is taken
over next time.
"""

import argparse
import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import django
import environ
from django.core.management import call_command

from .checkout import must_fit
from .lock import Lock
from .processes import Process
from .secrets import ensure_secrets
from .servers import Postgres, Redis, Server, ServerError, free_port, is_free
from .sms import SmsServer
from .tables import table

ROOT = Path(__file__).resolve().parents[2]
LOCAL = Path(os.environ.get("LOCAL_DIR", ROOT / ".local")).resolve()
LOCK = Lock(LOCAL / "demo.lock")
READY_SECONDS = 180
RESTARTS = 5
# One worker has nobody to talk to, and starts two seconds sooner without trying.
ALONE = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
# Files are served as they are, so that a start does not wait for hashing and compressing them.
DEFAULTS = {
    "DEBUG": "0",
    "HTTPS": "0",
    "STATIC_HASHED": "0",
    "LOG_FORMAT": "line",
    "LOG_LEVEL": "WARNING",
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "STATIC_ROOT": str(LOCAL / "static"),
    "MEDIA_ROOT": str(LOCAL / "media"),
    "DJANGO_SETTINGS_MODULE": "sanjin.settings",
    # Celery warns of root with seven lines; whoever runs a demo as root knows.
    "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stop", action="store_true", help="end the demo that runs from this folder")
    if parser.parse_args().stop:
        LOCK.stop_holder()
        return 0
    if not LOCK.take():
        pid, address = LOCK.holder()
        print(f"The demo already runs from this folder (process {pid}, {address}). To end it: make stop")
        return 1
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background jobs begin with SIGINT ignored
        signal.signal(number, signal.default_int_handler)
    with ExitStack() as house:
        try:
            return run(house)
        except KeyboardInterrupt:
            print("\n· stopping: beat, worker, web, servers", flush=True)
            return 0
        except ServerError as error:
            print(f"\n{error}", file=sys.stderr)
            return 1
        finally:
            ignore_signals()


def run(house: ExitStack) -> int:
    """Start everything, print where it is, and keep it running until a signal."""
    started = time.monotonic()
    prepare_environment()
    if not os.environ.get("DATABASE_URL"):
        must_fit(LOCAL / "postgres", LOCAL / "migrations.json")
    servers = start_servers(house)
    start_text_messages(house)
    prepare_database()
    port = choose_port(int(os.environ.get("PORT", "8000")))
    processes = start_processes(house, port)
    LOCK.note(f"http://127.0.0.1:{port}")
    welcome(port, time.monotonic() - started)
    keep_running(servers, processes)
    return 1


def prepare_environment() -> None:
    """The environment wins over `.env`, `.env` over the secrets made here and the demo's defaults."""
    environ.Env.read_env(ROOT / ".env")
    if ensure_secrets(LOCAL / "env"):
        print("· secrets made in .local/env")
    environ.Env.read_env(LOCAL / "env")
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    Path(os.environ["STATIC_ROOT"]).mkdir(parents=True, exist_ok=True)  # empty: whitenoise wants it to exist


def start_servers(house: ExitStack) -> list[Server]:
    started = []
    for name, title, server in (
        ("DATABASE_URL", "PostgreSQL", Postgres(LOCAL / "postgres")),
        ("REDIS_URL", "Redis-compatible server", Redis(LOCAL / "redis")),
    ):
        if os.environ.get(name):
            print(f"· {title}: the one named by {name}")
            continue
        with step(f"{title} (embedded)"):
            started.append(house.enter_context(server))
            os.environ[name] = server.url
    return started


def choose_port(wanted: int) -> int:
    """The wanted port, or the next free one."""
    return next((port for port in range(wanted, wanted + 50) if is_free(port)), None) or free_port()


def start_text_messages(house: ExitStack) -> None:
    """Without a gateway in the environment, one of our own that writes the messages to .local/sms.log."""
    if os.environ.get("SMS_ACCESS_KEY_ID"):
        return
    sms = house.enter_context(SmsServer(LOCAL / "sms.log"))
    os.environ.update(sms.environment)
    print(f"· text messages are written to {sms.log}")


def prepare_database() -> None:
    """Migrate, and load the sample province into an empty database."""
    with step("migrations"):
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
    from organizations.models import Organization  # noqa: PLC0415  needs the servers and settings first

    if not Organization.objects.exists():
        with step("the sample province"):
            call_command("sample_province", scale="demo")


def start_processes(house: ExitStack, port: int) -> list[Process]:
    """Web, worker and beat, each waited for."""
    logs = LOCAL / "logs"
    celery = [sys.executable, "-m", "celery", "--app", "sanjin", "--quiet"]
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.py", "--log-level", "warning"]
    processes = [
        Process("web", [*gunicorn, "--bind", f"127.0.0.1:{port}", "sanjin.wsgi"], logs=logs),
        Process(
            "worker", [*celery, "worker", *ALONE, "--concurrency", "2", "--loglevel", "WARNING"], logs=logs
        ),
        Process("beat", [*celery, "beat", "--loglevel", "WARNING"], logs=logs),
    ]
    os.chdir(ROOT)
    with step("web, worker and beat"):
        for process in processes:
            house.enter_context(process)
        wait_for_web(processes[0], port)
        wait_for_worker(processes[1])
    return processes


def wait_for_web(web: Process, port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except urllib.error.HTTPError as error:
            web.tail.append(error.read().decode())
        except OSError:
            pass
        fail_if_ended(web)
        time.sleep(0.2)
    raise ServerError(f"web is not ready after {READY_SECONDS} s.\n" + "\n".join(web.tail))


def wait_for_worker(worker: Process) -> None:
    from sanjin.celery import app  # noqa: PLC0415  needs the servers and settings first

    deadline = time.monotonic() + READY_SECONDS
    while not app.control.ping(timeout=0.5):
        fail_if_ended(worker)
        if time.monotonic() > deadline:
            raise ServerError(f"the worker is not ready after {READY_SECONDS} s.\n" + "\n".join(worker.tail))


def fail_if_ended(process: Process) -> None:
    code = process.ended()
    if code is not None:
        raise ServerError(f"{process.name} ended with code {code}.\n" + "\n".join(process.tail))


def keep_running(servers: list[Server], processes: list[Process]) -> None:
    """Start again what dies (a supervisor does this in production); give up after RESTARTS."""
    for process in processes:
        process.echo = True  # from now on what they print (warnings and errors) is news
    restarts = 0
    while restarts < RESTARTS:
        time.sleep(0.5)
        for part in (*servers, *processes):
            code = part.ended()
            if code is not None:
                print(f"· {part.name} ended with code {code}; starting it again", flush=True)
                part.start()
                restarts += 1
    print(f"· something died {RESTARTS} times; see {LOCAL}/logs", file=sys.stderr)


def welcome(port: int, seconds: float) -> None:
    """Addresses and sample accounts."""
    base = f"http://127.0.0.1:{port}"
    addresses = [
        ("管理后台", f"{base}/", "党委、党总支、支部管理员"),
        ("党员移动端", f"{base}/app/", "党员、支部书记"),
        ("接口文档", f"{base}/api/v1/docs/", "开发人员，以管理员账号登录后查看"),
    ]
    print(f"\n三晋先锋 is ready ({seconds:.0f} s). Ctrl-C ends it; `make clean` forgets its data.\n")
    print(table(("入口", "地址", "给谁"), addresses))
    accounts = LOCAL / "accounts.json"
    if accounts.exists():
        rows = [
            (row["role"], row["name"], row["password"], row.get("note", ""))
            for row in json.loads(accounts.read_text())
        ]
        print()
        print(table(("角色", "账号", "密码", "说明"), rows))
    print(flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """A progress line: what is being done, then how long it took."""
    print(f"· {title} …", end="", flush=True)
    started = time.monotonic()
    yield
    print(f" {time.monotonic() - started:.1f} s", flush=True)


def ignore_signals() -> None:
    """A second Ctrl-C does not interrupt the orderly end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
