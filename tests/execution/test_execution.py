"""Every executor gives the same results, whatever an item does to its process."""

import os
import signal
from itertools import count, islice

import pytest

from geoevents.execution import Processes, Serial, executor_for, map_pages
from geoevents.text.pages import CHARACTERS


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


def doubles(numbers: list[int]) -> list[int]:
    return [2 * number for number in numbers]


def doubles_or_die(numbers: list[int]) -> list[int]:
    return [double_or_die(number) for number in numbers]


def third_of_a_page(_: int) -> int:
    return CHARACTERS // 3


@pytest.mark.parametrize("executor", [Serial(), Processes(2)])
def test_pages_give_what_items_give(executor: Serial | Processes) -> None:
    assert list(map_pages(executor, doubles, range(20), minus_one, third_of_a_page)) == [2 * n for n in range(20)]
    assert list(islice(map_pages(executor, doubles, count(), minus_one, third_of_a_page), 5)) == [0, 2, 4, 6, 8]


def test_of_a_page_that_kills_its_process_only_the_item_that_kills_is_lost() -> None:
    found = list(map_pages(Processes(2), doubles_or_die, range(12), minus_one, third_of_a_page))
    assert found == [-1 if n == 3 else 2 * n for n in range(12)]


def even_or_die(numbers: list[int]) -> list[int]:
    if any(number % 2 for number in numbers):
        os.kill(os.getpid(), signal.SIGKILL)
    return doubles(numbers)


def odd_is_ready(number: int) -> int | None:
    return -number if number % 2 else None


@pytest.mark.parametrize("executor", [Serial(), Processes(2)])
def test_items_of_a_page_that_need_no_work_get_none(executor: Serial | Processes) -> None:
    found = list(map_pages(executor, even_or_die, range(12), minus_one, third_of_a_page, odd_is_ready))
    assert found == [-n if n % 2 else 2 * n for n in range(12)]
    assert list(map_pages(executor, even_or_die, [1, 3], minus_one, third_of_a_page, odd_is_ready)) == [-1, -3]
