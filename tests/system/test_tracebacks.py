"""Where a job failed: which lines, for which reason, and nothing of what they were about."""

from __future__ import annotations

import pytest

from rmhr.system import tracebacks

pytestmark = pytest.mark.once


def deeper(name: str, times: int) -> None:
    """Fail some calls further down, about somebody."""
    if times:
        deeper(name, times - 1)
        return
    try:
        {}[name]
    except KeyError as missing:
        raise LookupError(f"nobody is called {name}") from missing


def failed(name: str = "Lena Brandt", times: int = 1) -> str:
    with pytest.raises(LookupError) as caught:
        deeper(name, times)
    return tracebacks.trace_of(caught.value)


def test_it_names_each_line_and_the_cause_first():
    said = failed().splitlines()

    assert said[1] == "    {}[name]"
    assert said[2] == "KeyError"
    assert said[-2] == '    raise LookupError(f"nobody is called {name}") from missing'
    assert said[-1] == "LookupError"
    assert said[0].startswith("tests/system/test_tracebacks.py:")
    assert said[0].endswith(" in deeper")


def test_no_value_is_in_it():
    assert "Lena" not in failed()


def test_of_a_long_one_the_innermost_part_is_kept():
    said = failed(times=400)

    assert len(said) <= tracebacks.LONGEST + len(tracebacks.CUT)
    assert said.startswith(tracebacks.CUT)
    assert said.splitlines()[-1] == "LookupError"
    assert said.splitlines()[1].startswith(("tests/", "    "))


def test_an_error_that_is_its_own_cause_has_an_end():
    problem = ValueError()
    problem.__context__ = other = KeyError()
    other.__context__ = problem

    assert tracebacks.trace_of(problem) == "KeyError\n\nValueError\n"
