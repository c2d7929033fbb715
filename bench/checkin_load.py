"""The same load for both addresses: keep-alive connections in threads, each request once, for a bounded time."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Request = tuple[str, str, dict]  # path, token, body


@dataclass
class Result:
    """Seconds of the run, latency of each answer, and how many had which status."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    @property
    def p95(self) -> float:
        """Milliseconds."""
        return sorted(self.latencies)[int(len(self.latencies) * 0.95)] * 1000


def drive(port: int, requests: Iterator[Callable[[], Request]], *, seconds: float, threads: int) -> Result:
    """Send requests until the time is over or there are no more. A request is made when its turn comes, because a
    check-in code is good for less than a minute."""
    result, lock = Result(), threading.Lock()
    began = time.perf_counter()

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() - began < seconds:
            with lock:
                make = next(requests, None)
            if make is None:
                break
            path, token, body = make()
            headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
            sent = time.perf_counter()
            connection.request("POST", path, json.dumps(body), headers)
            answer = connection.getresponse()
            answer.read()
            with lock:
                result.latencies.append(time.perf_counter() - sent)
                result.statuses[answer.status] = result.statuses.get(answer.status, 0) + 1

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    result.seconds = time.perf_counter() - began
    return result
