"""What is read of the bank: what it has said of itself (`bank`), its `bodies`, and its `texts`."""

from __future__ import annotations

from rmhr.duties.queries import bank, bodies, texts

__all__ = ["bank", "bodies", "texts"]
