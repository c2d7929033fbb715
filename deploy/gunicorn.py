"""Gunicorn for web containers and the demo: threads, because a request mostly waits for PostgreSQL."""

import os
from pathlib import Path

SHARED_MEMORY = "/dev/shm"  # noqa: S108  gunicorn makes its own unnamed file there

# Imported once, before the workers fork: half the memory and half the start.
preload_app = True
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 20
keepalive = 5
# A slow leak in any library is bounded; the jitter keeps workers from renewing at the same moment.
max_requests = 20_000
max_requests_jitter = 2_000
# The worker's heartbeat file must not wait for a disk.
worker_tmp_dir = SHARED_MEMORY if Path(SHARED_MEMORY).is_dir() else None
accesslog = None
control_socket_disable = True  # nobody steers it at run time, and its default place is a home folder


def child_exit(server, worker) -> None:
    """Forget the metrics of a worker that ended (only with PROMETHEUS_MULTIPROC_DIR)."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess  # noqa: PLC0415  optional, and reads the environment on import

        multiprocess.mark_process_dead(worker.pid)
