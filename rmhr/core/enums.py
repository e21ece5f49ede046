"""Enumerations that carry their own words, tone and icon, so that no template decides them."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Any, Self


class LabelEnum(StrEnum):
    """A stored value, a label for people, a tone (info, good, warning, bad, neutral) and an icon's name."""

    label: Any  # a lazy translation: str() it where it leaves a template
    tone: str
    icon: str

    def __new__(
        cls, value: str, label: Any = "", tone: str = "neutral", icon: str = "circle", *_more: Any
    ) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.tone = tone
        member.icon = icon
        return member

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return None


class GroupedEnum(LabelEnum):
    """A status that says, last in its row, which group it belongs to: all that other stages tell apart."""

    group: Enum

    def __init__(self, _value: str, _label: Any, _tone: str, _icon: str, group: Enum) -> None:
        self.group = group

    @classmethod
    def within(cls, *groups: Enum) -> tuple[Self, ...]:
        """The statuses of these groups, in their order."""
        return tuple(status for status in cls if status.group in groups)
