"""docs/benchmarks.md is written with the former figures beside the new ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.bench import report
from tools.bench.figures import FLOOR, Figures
from tools.bench.pages import PAGES
from tools.bench.report import Run

pytestmark = pytest.mark.once

PAGE = "hr applications.index"
FORMER, NOW = Run("2026-11-01", "aaaaaaa", "2 × old"), Run("2026-11-30", "bbbbbbb", "2 × new")


def measured(cpu: float, size: str = "S") -> Figures:
    found = Figures()
    found.put("sqlite", size, FLOOR, cpu=0.004, median=0.005, p95=0.006, wire=17_000)
    found.put("sqlite", size, PAGE, cpu=cpu, median=0.1, p95=0.2, wire=90_000, statements=13)
    return found


def lines(folder: Path) -> list[str]:
    return (folder / report.DOCUMENT).read_text(encoding="utf-8").splitlines()


def row(folder: Path, name: str) -> list[str]:
    return next(line for line in lines(folder) if line.startswith(f"| {name} |")).split(" | ")


def test_the_first_run_says_when_of_what_and_where(tmp_path: Path) -> None:
    report.keep(tmp_path, FORMER, measured(0.08))
    assert "| 2026-11-01 | aaaaaaa | 2 × old |" in lines(tmp_path)
    assert row(tmp_path, PAGE)[2:4] == ["80.0", "20.0"]


def test_the_former_figures_stay_in_brackets(tmp_path: Path) -> None:
    report.keep(tmp_path, FORMER, measured(0.08))
    report.keep(tmp_path, NOW, measured(0.02))
    assert row(tmp_path, PAGE)[2:4] == ["20.0 (80.0)", "5.0 (20.0)"]
    assert [line for line in lines(tmp_path) if "| 2 × " in line] == [
        "| 2026-11-30 | bbbbbbb | 2 × new |",
        "| 2026-11-01 | aaaaaaa | 2 × old |",
    ]
    (aim,) = (line for line in lines(tmp_path) if line.startswith("| lists, grids"))
    assert "met, 1 of 1 keep to it | missed, 0 of 1 keep to it" in aim


def test_the_same_commit_once_more_replaces_its_own_figures_alone(tmp_path: Path) -> None:
    report.keep(tmp_path, FORMER, measured(0.08))
    report.keep(tmp_path, NOW, measured(0.03))
    report.keep(tmp_path, NOW, measured(0.02))
    assert row(tmp_path, PAGE)[2] == "20.0 (80.0)"


def test_what_a_part_does_not_measure_stays_as_it_was(tmp_path: Path) -> None:
    report.keep(tmp_path, FORMER, measured(0.08))
    part = Figures()
    part.put("", "", "start", seconds=1.0, cpu_seconds=0.9)
    report.keep(tmp_path, NOW, part)
    assert row(tmp_path, PAGE)[2] == "– (80.0)"
    assert any(line.startswith("| start |") and "CPU 0.9 s" in line for line in lines(tmp_path))


def test_growth_is_said_in_the_table_of_the_large_bank(tmp_path: Path) -> None:
    both = measured(0.02)
    both.values |= measured(0.06, "L").values
    report.keep(tmp_path, NOW, both)
    large = lines(tmp_path)[lines(tmp_path).index("## Pages, L, sqlite") :]
    assert next(line for line in large if line.startswith(f"| {PAGE} |")).split(" | ")[4] == "3.00"


def test_this_run_names_commit_and_machine() -> None:
    run = report.this_run()
    assert len(run.commit.rstrip("+")) >= 7
    assert "Python 3" in run.machine


def test_why_the_slowest_pages_are_slow_is_taken_over(tmp_path: Path) -> None:
    report.keep(tmp_path, FORMER, measured(0.08))
    said = lines(tmp_path)
    begin = said.index("## The slowest that remain")
    assert (
        said[begin + 2 : said.index("## Pages, S, sqlite") - 1]
        == report.SLOWEST.read_text("utf-8").splitlines()
    )
    named = [line.split("**")[1] for line in said if line.startswith("**")]
    assert len(named) == 5
    assert all(any(name.split(",")[0] in page.name for page in PAGES) for name in named)
