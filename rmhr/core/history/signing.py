"""The key with which the history is signed: it lies outside the database, so that who can write there cannot sign."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from typing import Any

from flask import current_app

#: Bytes of a nonce.
NONCE = 12


def sign(said: list[Any], key: str | None = None) -> str:
    """HMAC-SHA-256 (RFC 2104) over the JSON of what is said, with the key of today or another one."""
    secret = key or current_app.config["AUDIT_KEYS"][0]
    return hmac.new(secret.encode(), canonical(said).encode(), hashlib.sha256).hexdigest()


def fits(said: list[Any], signature: str) -> bool:
    """Whether this was signed with the key of today or with one of before (RMHR_AUDIT_KEY)."""
    return any(hmac.compare_digest(sign(said, key), signature) for key in current_app.config["AUDIT_KEYS"])


def canonical(said: list[Any]) -> str:
    """One JSON for equal things."""
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def nonce() -> str:
    """What makes each entry another one, even if it says the same: a copy of it is found out."""
    return secrets.token_hex(NONCE)
