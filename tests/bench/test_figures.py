"""What is computed from what was measured."""

from __future__ import annotations

import os
import time

import pytest

from tools.bench import accounting
from tools.bench.aims import AIMS, Aim
from tools.bench.figures import FLOOR, Figures, percentile, ratio, requests_per_second

pytestmark = pytest.mark.once

WRK = """Running 5s test @ http://127.0.0.1:8000/
  2 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    12.03ms    3.20ms  40.11ms   80.00%
  3340 requests in 5.01s, 57.00MB read
Requests/sec:    666.93
Transfer/sec:     11.38MB
"""
STAT = "4711 (gunicorn: (a) b) S 99 4711 1 0 -1 4194560 900 0 0 0 120 35 7 8 20 0 9 0 12345 1 2 3"
ROLLUP = """55d0-7ffe ---p 00000000 00:00 0    [rollup]
Rss:              102400 kB
Pss:               70000 kB
Shared_Clean:      20480 kB
Private_Clean:      2048 kB
Private_Dirty:     49152 kB
"""


def figures() -> Figures:
    """A floor and a page in both banks."""
    found = Figures()
    found.put("sqlite", "S", FLOOR, cpu=0.004)
    found.put("sqlite", "L", FLOOR, cpu=0.005)
    found.put("sqlite", "S", "hr applications.index", cpu=0.020, statements=12)
    found.put("sqlite", "L", "hr applications.index", cpu=0.050, statements=13)
    return found


def test_the_95th_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([float(number) for number in range(1, 101)], 0.95) == 95
    assert percentile([3.0, 1.0, 2.0], 0.95) == 3
    assert percentile([7.0], 0.95) == 7


def test_nothing_is_divided_by_what_was_not_measured() -> None:
    assert ratio(6, 3) == 2
    assert ratio(0.0, 3) == 0
    assert ratio(None, 3) is None
    assert ratio(3, None) is None
    assert ratio(3, 0.0) is None


def test_a_page_is_held_against_the_floor_of_its_own_run() -> None:
    assert figures().above_floor("sqlite", "S", "hr applications.index") == pytest.approx(5)
    assert figures().above_floor("sqlite", "L", "hr applications.index") == pytest.approx(10)
    assert figures().growth("sqlite", "hr applications.index") == pytest.approx(2)
    assert figures().above_floor("postgresql", "S", "hr applications.index") is None


def test_figures_are_kept_as_they_are_by_name() -> None:
    found = figures()
    found.put("", "", "start", seconds=1.2)
    found.put("sqlite", "S", "hr applications.index q=a/b", cpu=1.0)
    assert Figures.from_json(found.as_json()) == found


def test_requests_per_second_are_read_from_what_wrk_prints() -> None:
    assert requests_per_second(WRK) == 666.93
    with pytest.raises(ValueError, match="not said"):
        requests_per_second("unable to connect")
    with pytest.raises(ValueError, match="17"):
        requests_per_second(f"  Non-2xx or 3xx responses: 17\n{WRK}")


def test_the_account_of_the_system_is_read() -> None:
    assert accounting.ticks(STAT) == 155
    assert accounting.parent(STAT) == 99
    found = accounting.memory(ROLLUP)
    assert (found.resident, found.own) == (100, 50)


def test_the_cpu_of_a_process_grows_while_it_works() -> None:
    own = [os.getpid()]
    before, used = accounting.cpu(own), time.process_time()
    while time.process_time() - used < 0.1:
        sum(range(1000))
    assert 0.05 < accounting.cpu(own) - before < 5
    assert accounting.memory_of(os.getpid()).own > 1


def test_an_aim_says_how_many_keep_to_it_and_which_is_the_worst() -> None:
    aims = {aim.name: aim for aim in AIMS}
    floor = aims["lists, grids, Today, search"].judge(figures())
    assert (floor.measured, floor.kept, floor.met) == (2, 1, False)
    assert floor.said == "missed, 1 of 2 keep to it"
    assert floor.worst_said == "hr applications.index (L, sqlite): 10"
    assert aims["the same page in a large bank"].judge(figures()).kept == 0
    assert aims["statements on a page"].judge(figures()).kept == 1
    assert aims["record pages"].judge(figures()).met is None
    assert aims["record pages"].judge(figures()).said == "not measured"


def test_of_an_aim_upwards_the_smallest_is_the_worst() -> None:
    aim = Aim("requests", 300, "requests/s", lambda _figures: iter([("a", 400.0), ("b", 200.0)]), least=True)
    found = aim.judge(Figures())
    assert (found.kept, found.worst, found.limit) == (1, ("b", 200.0), "≥ 300 requests/s")
