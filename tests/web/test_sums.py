"""Sums and numbers: whatever we write, we read as the same, in both languages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from wtforms import Form

from rmhr.core import words
from rmhr.core.i18n import speaking
from rmhr.web.decimals import DecimalField
from rmhr.web.fields import MoneyField

SUMS = st.integers(0, 10**11)
CODES = st.sampled_from(["en", "de"])


@given(SUMS, CODES)
def test_a_sum_is_read_as_it_is_written(minor, code):
    with speaking(code):
        field = MoneyField().bind(Form(), "pay")
        field.data = minor
        field.process_formdata([field._value()])

    assert field.data == minor


@given(st.decimals(-(10**11), 10**11, places=2), CODES)
def test_a_number_is_read_as_it_is_written(value, code):
    with speaking(code):
        field = DecimalField().bind(Form(), "target")
        field.process_formdata([words.number(value)])

    assert field.data == value


@given(SUMS, SUMS, CODES)
def test_a_range_names_the_currency_once_and_both_sums(one, other, code):
    low, high = sorted((one, other))
    with speaking(code):
        said = words.money_range(low, high)
        sums = [words.money(each).strip("€\xa0") for each in (low, high)]

    assert said.count("€") == 1
    assert all(each in said for each in sums)
