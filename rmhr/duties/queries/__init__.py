"""What is read of the bank: what it has said of itself (`bank`), and its texts (`texts`)."""

from __future__ import annotations

from rmhr.duties.queries import bank, texts

__all__ = ["bank", "texts"]
