"""Every page as it was written: valid nesting, and headers that say each thing once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.markup import faults
from tests.test_pages import BY_EXAMPLE, address, enter

__all__ = ["address", "enter"]  # fixtures

#: One invalid page of each kind, and what is said of it.
OFFENDERS = {
    "<p>a<div>b</div></p>": "is a block in p",
    "<span><nav>a</nav></span>": "is a block in span",
    "<span><a href='#'><form></form></a></span>": "is a block in span",
    "<button><ul><li>a</li></ul></button>": "is a block in button",
    "<label>a<p>b</p></label>": "is a block in label",
    "<h2><div>a</div></h2>": "is a block in h2",
    "<details><summary><div>a</div></summary></details>": "is a block in summary",
    "<figure><details><summary>a</summary></details></figure>": "stands beside it",
    "<figure><p>a</p><figcaption>b</figcaption><p>c</p></figure>": "caption in the middle",
    "<form><form></form></form>": "stands in another form",
    "<a href='#'><button>a</button></a>": "is a control inside a",
    "<ul><div>a</div></ul>": "is none of its parts",
    "<div><li>a</li></div>": "has no place there",
    "<table><tr><td>a</td><p>b</p></tr></table>": "is none of its parts",
    "<details>a</details>": "does not begin with its summary",
    "<i id='a'></i><b id='a'></b>": "of another element",
    "<div><p>a</div>": "is closed while p is open",
    "<div>": "is never closed",
}


@pytest.mark.once
@pytest.mark.parametrize(("page", "said"), OFFENDERS.items())
def test_what_is_wrong_is_found(page: str, said: str) -> None:
    assert any(said in fault for fault in faults(page)), faults(page)


@pytest.mark.once
def test_what_is_right_is_left_alone() -> None:
    assert not faults(
        "<!doctype html><figure><figcaption>a</figcaption><div>b</div></figure><details><summary><h2>a</h2></summary>"
        "<p>b <a href='#'><span>c</span></a></p></details><a href='#'><div>d</div></a><dl><div><dt>e</dt><dd>f</dd>"
        "</div></dl><svg><title>g</title><a><p></p></a></svg><label>h <input></label>"
    )


@pytest.mark.sqlite  # what is looked at is the page
@BY_EXAMPLE
def test_every_page_is_nested_as_html_wants_it(make: Any, pages: Any, address: Any, enter: Any) -> None:
    example = make()
    client = enter(example.viewer)
    found = []
    for page in pages:
        with client.get(address(page, example)) as answer:
            kind = answer.headers.get("Content-Type", "")
            if kind.count(";") > 1 or kind.lower().count("charset") > 1:
                found.append(f"{page.endpoint}: {kind}")
            if answer.mimetype == "text/html" and answer.status_code != 302:
                found += [f"{page.endpoint}: {fault}" for fault in faults(answer.text)]
    assert not found, "\n".join(found)
