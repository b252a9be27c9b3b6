"""Best of some times, and lines of a table."""

import time
from collections.abc import Callable
from typing import Any


def best_of(times: int, function: Callable[[], Any]) -> tuple[Any, float]:
    """Give the result and the least of some times, so that a first call's set-up does not count."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        result = function()
        seconds.append(time.perf_counter() - start)
    return result, min(seconds)


def print_row(*cells: object) -> None:
    """Print a line of a table."""
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)
