"""Headers that only a proxy should set, sent by a stranger: what the product believes, with no proxy and with one.

With one proxy the request comes as that of README's production section passes it on: it puts the address of whoever
asks at the right of X-Forwarded-For, or in the place of all that stood there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import request

from tools.attack import Figure, attack
from tools.attack.bank import bank

EVIL = "evil.example"
PROXY, REAL = "10.0.0.2", "203.0.113.9"
FORGED = {
    "X-Forwarded-For": "192.0.2.66",
    "X-Forwarded-Proto": "ftp",
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Prefix": f"/{EVIL}",
    "X-Forwarded-Port": "6666",
    "Forwarded": f"for=192.0.2.66;host={EVIL};proto=ftp",
    "X-Real-IP": "192.0.2.66",
    "X-Original-URL": f"/{EVIL}",
    "X-Rewrite-URL": f"/{EVIL}",
    "X-HTTP-Method-Override": "DELETE",
}
#: What is looked at for traces of it.
PAGES = (
    "/sign-in",
    "/goals/",
    "/careers/",
    "/careers/feed.xml",
    "/sitemap.xml",
    "/robots.txt",
    "/nowhere",
    "/forgotten",
)


def believed(proxies: int) -> dict[str, str]:
    """{what: what was believed of it} of all forged headers together, with so many trusted proxies."""
    found: dict[str, str] = {}
    with bank(TRUSTED_PROXIES=proxies) as it:
        seen: dict[str, Any] = {}

        def look() -> None:
            seen.update(address=request.remote_addr, scheme=request.scheme, root=request.script_root)

        it.app.before_request_funcs.setdefault(None, []).insert(0, look)
        client = it.client(None)
        headers = dict(FORGED)
        if proxies:
            headers["X-Forwarded-For"] = f"{FORGED['X-Forwarded-For']}, {REAL}"
            headers["X-Forwarded-Proto"] = "https"
        peer = {"REMOTE_ADDR": PROXY if proxies else REAL}
        for url in PAGES:
            with client.get(url, headers=headers, environ_overrides=peer) as answer:
                told = f"{answer.headers} {answer.text}"
                if EVIL in told:
                    found[url] = f"{EVIL} stands in the answer"
                if answer.status_code >= 500:
                    found[url] = f"{answer.status}"
            if seen["address"] != REAL:
                found["address"] = str(seen["address"])
            if seen["scheme"] not in ("http", "https"):
                found["scheme"] = str(seen["scheme"])
            if seen["root"]:
                found["prefix"] = str(seen["root"])
    return found


@attack("proxy", "headers of a proxy that a stranger forges, with RMHR_TRUSTED_PROXIES 0 and 1")
def proxy() -> Iterator[Figure]:
    """Which of them were believed."""
    for proxies in (0, 1):
        found = believed(proxies)
        yield Figure(
            f"{len(FORGED)} headers on {len(PAGES)} pages, {proxies} trusted",
            f"{len(found)} believed",
            held=not found,
        )
        for what, came in found.items():
            yield Figure(f"  {what}", came, held=False)
