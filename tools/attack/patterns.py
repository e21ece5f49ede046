"""Every pattern of the code base on growing hostile text: the time may grow with the text, and no faster."""

from __future__ import annotations

import ast
import gc
import importlib
import math
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from rmhr.core.patterns import Pattern
from tools.attack import Figure, attack

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("rmhr", "tools")
#: What makes a pattern of `re`, and uses one at once.
CALLS = frozenset({"compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"})
#: Lengths at which time is taken, in characters. The first ones find what doubles with every few letters.
SHORT, FIRST, SECOND = (12, 16, 20, 24, 28, 32, 48, 64), 1000, 4000
#: Seconds: less is noise; more than TOO_LONG for a line of SHORT is the end of the trial.
NOISE, TOO_LONG = 0.0005, 0.05
#: Time grows with this power of the length at most; 1 is linear, 2 is quadratic, and machines are not quiet.
WORST = 1.5
#: What every pattern meets, beside what stands in it.
ATOMS = (
    *".0aA@_-(){}[/: \n\t\u00a0\u2003\u3000\u0301…äß🙂",
    *(
        " .",
        ". ",
        "a ",
        "0 ",
        "a.",
        "a@",
        "0,",
        "((",
        "{{",
        "](",
        "a_",
        "a-",
        "^(",
        "\n\n",
        "…_",
        "a\n",
        "<a ",
    ),
    *("http://", ": http://a"),
)
#: Of what stands in a pattern, so many letters and so many words are tried.
MOST_LETTERS, MOST_WORDS, MOST_PAIRS = 10, 24, 5


@dataclass(frozen=True)
class Site:
    """A place of the code that makes a pattern: from a text that stands there, or (None) from another."""

    where: str  # "rmhr/core/words.py:27"
    text: str | None
    inside: bool  # a function makes it, not the module


@dataclass(frozen=True)
class Known:
    """A pattern, and where it stands."""

    where: str
    pattern: re.Pattern[str] | Pattern

    @cached_property
    def text(self) -> str:
        """As it is written."""
        return self.pattern.pattern


@dataclass(frozen=True)
class Growth:
    """How the time of one pattern grew on one text: the power of the length, and the seconds at the longest."""

    known: Known
    on: str
    power: float
    seconds: float

    def __str__(self) -> str:
        return f"{self.known.where} {self.known.text[:60]!r} on {self.on}: power {self.power:.1f}"


def sites() -> Iterator[Site]:
    """Every place that makes a pattern, in the product and in its tools."""
    for path in _files():
        where = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
        inside = {id(each) for function in functions for each in ast.walk(function)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _makes_a_pattern(node.func) and node.args:
                yield Site(f"{where}:{node.lineno}", _literal(node.args[0]), id(node) in inside)


def _files() -> list[Path]:
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def _makes_a_pattern(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        return isinstance(called.value, ast.Name) and called.value.id == "re" and called.attr in CALLS
    return isinstance(called, ast.Name) and called.id == "Pattern"


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def built() -> dict[str, list[re.Pattern[str]]]:
    """What functions make of texts that are not written beside them, by file. A new one is named here."""
    from rmhr.law import past_pay, private_life
    from rmhr.performance import smart
    from rmhr.postings.coach import wording
    from tools.shots import words

    lists = [wording._compiled(check, code) for check in wording.checks() for code in ("en", "de")]
    return {
        "rmhr/law/past_pay.py": [re.compile(past_pay.OWN + "salary", re.IGNORECASE)],
        "rmhr/law/private_life.py": [
            *(pattern for _topic, pattern in private_life._asks_for()),
            *(pattern for _topic, *both in private_life._named() for pattern in both),
        ],
        "rmhr/performance/smart.py": [smart._vague()],
        "rmhr/postings/coach/wording.py": [
            *(each.pattern for each in lists),
            *(each.unless for each in lists if each.unless),
        ],
        "tools/attack/patterns.py": [],
        "tools/shots/__main__.py": [],  # what a developer types
        "tools/shots/words.py": [
            words.stored_values()
        ],  # sentences of our own are looked for on our own pages
    }


@cache
def known() -> tuple[Known, ...]:
    """Every pattern: what is written at a call, what modules hold, and what functions make."""
    found: dict[tuple[str, str], Known] = {}

    def add(where: str, pattern: re.Pattern[str] | Pattern) -> None:
        if isinstance(pattern.pattern, str):
            found.setdefault((type(pattern).__name__, pattern.pattern), Known(where, pattern))

    for path in _files():
        if path.name == "__main__.py":
            continue
        where = path.relative_to(ROOT).as_posix()
        module = importlib.import_module(
            where.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        )
        for pattern in held_by(module):
            add(where, pattern)
    texts = {text for _kind, text in found}
    for site in sites():
        if site.text is not None and site.text not in texts:
            add(site.where, re.compile(site.text))
    for where, patterns in built().items():
        for each in patterns:
            add(where, each)
    return tuple(found.values())


def held_by(thing: Any, deep: int = 0) -> Iterator[re.Pattern[str] | Pattern]:
    """The patterns in a module, or in what it holds: tuples, mappings, data classes."""
    if isinstance(thing, re.Pattern | Pattern):
        yield thing
    elif deep < 4:
        inner: Iterable[Any] = ()
        if isinstance(thing, ModuleType) or (
            isinstance(thing, type) and thing.__module__.startswith(FOLDERS)
        ):
            inner = list(vars(thing).values()) if deep < 2 else ()
        elif isinstance(thing, dict):
            inner = [*thing, *thing.values()]
        elif isinstance(thing, tuple | list | set | frozenset):
            inner = thing
        elif is_dataclass(thing) and not isinstance(thing, type):
            inner = [getattr(thing, each.name) for each in fields(thing)]
        for each in inner:
            if not isinstance(each, ModuleType):
                yield from held_by(each, deep + 1)


def hostile(text: str) -> Iterator[tuple[str, Callable[[int], str]]]:
    """Texts of any length that a pattern of this text may stumble over, each with its name."""
    plain = re.sub(r"\\[a-zA-Z]|\?P<\w+>|\\x\{\w+\}|\{\d*,?\d*\}", " ", text)
    letters = list(dict.fromkeys(sign for sign in plain if not sign.isspace()))
    spread = letters[:: max(1, len(letters) // MOST_LETTERS)][:MOST_LETTERS]
    words = sorted(set(re.findall(r"[^\W\d_]{2,}", plain)), key=lambda each: (-len(each), each))
    words = words[:: max(1, len(words) // MOST_WORDS)][:MOST_WORDS]
    for atom in dict.fromkeys([*ATOMS, *spread, *words, *(f"{word} " for word in words)]):
        yield f"{atom!r} repeated", _repeated("", atom)
    pairs = [*spread[:MOST_PAIRS], " ", "a", "0"]
    for one in pairs:
        for other in pairs:
            if one != other:
                yield f"{one!r} and then {other!r} repeated", _repeated(one, other)
    for word in words[:MOST_PAIRS]:
        for filler in (" ", "a ", "a", "0"):
            yield f"{word!r} and then {filler!r} repeated", _repeated(f"{word} ", filler)
            yield f"{word!r} with {filler!r} repeated", _repeated("", f"{word} {filler}")


def _repeated(first: str, again: str) -> Callable[[int], str]:
    """Of so many characters, with an end that fits nowhere."""
    return lambda length: f"{first}{again * (length // len(again))}\x00"


def grows(one: Known) -> Growth:
    """The worst growth of a pattern over all hostile texts."""
    worst = Growth(one, "", 0, 0)
    for on, make in hostile(one.text):
        for act in _acts(one.pattern):
            power, seconds = measured(act, make)
            if power > worst.power:
                worst = Growth(one, on, power, seconds)
            if power > WORST:
                return worst
    return worst


def _acts(pattern: re.Pattern[str] | Pattern) -> list[Callable[[str], Any]]:
    """All places, which begins with the first one; and all of the text."""
    return [lambda text: sum(1 for _found in pattern.finditer(text)), pattern.fullmatch]


def measured(act: Callable[[str], Any], make: Callable[[int], str]) -> tuple[float, float]:
    """The power with which the time of `act` grows on `make(length)`, 0 where all is fast; and seconds.

    What looks worse than linear is measured again, longer: other programs take the caches of this machine away.
    """
    for length in SHORT:
        once = _seconds(act, make(length), 1)
        if once > 10 * TOO_LONG or (once > TOO_LONG and _seconds(act, make(length), 1) > TOO_LONG):
            return math.inf, TOO_LONG
    if (once := _seconds(act, make(SECOND), 1)) < NOISE:
        return 0, once
    # The longer one as it came, the shorter one at its best: noise makes this look worse, never better.
    power = _power(_seconds(act, make(FIRST), 3), once)
    if power <= WORST:
        return power, once
    for longer in (1, 2, 4):
        first, second = _seconds(act, make(FIRST * longer), 3), _seconds(act, make(SECOND * longer), 3)
        if second < NOISE:
            return 0, second
        power = min(power, _power(first, second))
        if power <= WORST or second > 0.1:
            break
    return power, second


def _power(first: float, second: float) -> float:
    """With which power of the length time grows that is so long for FIRST and so long for SECOND, in seconds."""
    return math.log(second / max(first, 1e-7)) / math.log(SECOND / FIRST)


def _seconds(act: Callable[[str], Any], text: str, times: int) -> float:
    """The shortest of so many runs, in seconds of this processor."""
    best = math.inf
    collects = gc.isenabled()
    gc.disable()
    try:
        for _again in range(times):
            began = time.thread_time()
            act(text)
            best = min(best, time.thread_time() - began)
    finally:
        if collects:
            gc.enable()
    return best


@attack("patterns", "every pattern of the code base on growing hostile text")
def patterns() -> Iterator[Figure]:
    """The worst growth of each engine's patterns, and each that is worse than linear."""
    found = sorted((grows(each) for each in known()), key=lambda each: -each.power)
    bad = [each for each in found if each.power > WORST]
    yield Figure("patterns tried", str(len(found)))
    yield Figure("on RE2", str(sum(isinstance(each.known.pattern, Pattern) for each in found)))
    yield Figure("worse than linear", str(len(bad)), held=not bad)
    for each in bad or found[:3]:
        yield Figure(
            f"  {each.known.where}", f"power {each.power:.1f} on {each.on}", held=each.power <= WORST
        )
