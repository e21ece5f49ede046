"""The demo bank: people in every role and work in every stage, built by the operations that people use."""

from __future__ import annotations

from rmhr.demo import (
    accounts,
    applications,
    courses,
    duties,
    interviews,
    offers,
    onboarding,
    performance,
    postings,
    reminders,
    rulebook,
    shadowing,
    system,
    today,
    training,
)

#: Built one after the other: each stands on what those before it have built.
STEPS = (
    accounts,
    duties,
    postings,
    applications,
    interviews,
    offers,
    onboarding,
    shadowing,
    training,
    courses,
    performance,
    reminders,
    rulebook,
    system,
    today,
)
