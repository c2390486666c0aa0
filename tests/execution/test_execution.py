"""Every executor gives the same results, whatever an item does to its process."""

import os
import signal
from itertools import count, islice

import pytest

from geoevents.execution import Processes, Serial, executor_for


def double(number: int) -> int:
    return 2 * number


def double_or_die(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def minus_one(_: int) -> int:
    return -1


@pytest.mark.parametrize("executor", [Serial(), Processes(2)])
def test_results_come_in_the_order_of_the_items(executor: Serial | Processes) -> None:
    assert list(executor.map(double, range(20), minus_one)) == [2 * n for n in range(20)]


@pytest.mark.parametrize("executor", [Serial(), Processes(2)])
def test_items_are_taken_as_results_are_asked_for(executor: Serial | Processes) -> None:
    assert list(islice(executor.map(double, count(), minus_one), 5)) == [0, 2, 4, 6, 8]


def test_an_item_that_kills_its_process_is_the_only_one_lost() -> None:
    assert list(Processes(2).map(double_or_die, range(12), minus_one)) == [-1 if n == 3 else 2 * n for n in range(12)]


def test_one_job_needs_no_second_process() -> None:
    assert executor_for(1) == Serial()
    assert executor_for(3) == Processes(3)
