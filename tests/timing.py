"""Time that grows with the input and no faster, told by a ratio, since the machine may be busy."""

import time
from collections.abc import Callable

SMALL = 5_000
GROWTH = 4


def grows_no_faster_than_its_input(work: Callable[[int], object]) -> None:
    """Fail where `work` on an input of four times the size takes much more than four times as long.

    Quadratic work takes 16 times as long; the bound between leaves room for noise, and so does the least of three.
    """
    least = [min(_seconds(work, n) for _ in range(3)) for n in (SMALL, SMALL * GROWTH)]
    assert least[1] < 10 * least[0] + 0.02


def _seconds(work: Callable[[int], object], n: int) -> float:
    begun = time.process_time()
    work(n)
    return time.process_time() - begun
