"""What the letters of a formula stand for gives what the name of the KPI promises."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from rmhr.content import plain, read

KPIS = {each["id"]: each for each in plain(read("kpis"))["kpis"]}


@dataclass(frozen=True)
class Year:
    """What became of a portfolio: of the clients at the start, of the new ones and of those taken over."""

    start: int = 200
    lost: int = 0
    handed_over: int = 0
    new: int = 20
    new_handed_over: int = 0
    taken_over: int = 0

    def counted(self) -> dict[str, int]:
        """The variables of the retention rate, each as its definition says."""
        new_at_the_end = self.new - self.new_handed_over
        stayed = self.start - self.lost - self.handed_over
        return {
            "S": self.start,
            "T_out": self.handed_over,
            "N": new_at_the_end,
            "T_in": self.taken_over,
            "E": stayed + new_at_the_end + self.taken_over,
        }


def rate(counted: dict[str, int]) -> float:
    """The retention rate by the formula of the file."""
    formula = str(KPIS["client_retention_rate"]["formula"])
    assert re.fullmatch(r"[A-Za-z_()+\-*/ 0-9]+", formula)
    return float(eval(formula, {"__builtins__": {}}, dict(counted)))


@pytest.mark.parametrize(
    ("year", "percent"),
    [
        (Year(), 100),
        (Year(new_handed_over=5), 100),
        (Year(handed_over=5), 100),
        (Year(lost=10, handed_over=5, new_handed_over=5, taken_over=2), 185 / 195 * 100),
        (Year(lost=200), 0),
    ],
)
def test_who_was_handed_over_is_neither_lost_nor_kept(year: Year, percent: float) -> None:
    assert rate(year.counted()) == pytest.approx(percent)


def test_new_clients_who_were_handed_over_would_make_it_more_than_everybody() -> None:
    year = Year(new_handed_over=5)
    assert rate(year.counted() | {"T_out": 5}) > 100
    says = KPIS["client_retention_rate"]["variables"]["T_out"]
    assert says["en"].startswith("Of the clients at the start")
    assert says["de"].startswith("Von den Kundinnen und Kunden zu Beginn")
