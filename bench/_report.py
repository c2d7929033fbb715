"""What a bench found, and whether it stayed within its bound."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass, field

# The ratio ours ÷ floor of each figure (a memory's floor is what is allowed, in MB). A figure without a bound fails the
# run.
AT_MOST = {
    "rollup.full": 2,
    "rollup.dirty": 2,
    "import.members": 4,
    "import.memory": 1,
    "members.list": 3,
    "members.search": 3,
}
AT_LEAST = {"checkin.api": 0.4}


def timed(run: Callable[[], object]) -> float:
    """Seconds that a call took, without sweeping up what stood in memory before it."""
    gc.collect()
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def say(text: str) -> None:
    """A remark beside the figures: sizes, progress."""
    print(f"  {text}", flush=True)


@dataclass
class Report:
    """Given to each bench: `report(name, ours=…, floor=…, note=…)`."""

    exceeded: list[str] = field(default_factory=list)

    def __call__(self, name: str, *, ours: float, floor: float, note: str = "") -> None:
        """Print `name: ours X, floor Y, ratio Z` and hold it against its bound."""
        ratio = ours / floor
        most, least = AT_MOST.get(name), AT_LEAST.get(name)
        bound = f"at most {most}" if most else f"at least {least}" if least else "no bound known"
        after = f"; {note}" if note else ""
        print(f"{name}: ours {ours:.3f}, floor {floor:.3f}, ratio {ratio:.2f} ({bound}){after}", flush=True)
        if not ((most and ratio <= most) or (least and ratio >= least)):
            self.exceeded.append(name)

    def finish(self) -> int:
        """Exit code: 1 if any bound was exceeded."""
        if self.exceeded:
            print(f"exceeded: {', '.join(self.exceeded)}")
        return int(bool(self.exceeded))
