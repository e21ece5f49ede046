"""Icons come from the wheel, and a name that is not there is found out at once."""

from __future__ import annotations

import pytest

from rmhr.web.icons import UnknownIcon, brand_mark, icon


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in icon("bell")
    assert 'role="img" aria-label="3 new"' in icon("bell", label="3 new")
    assert "icon--large" in icon("bell", "large")


def test_a_label_cannot_break_out_of_its_attribute():
    assert '"><script>' not in icon("bell", label='"><script>')


def test_an_unknown_icon_is_an_error():
    with pytest.raises(UnknownIcon, match="no-such-icon"):
        icon("no-such-icon")


def test_the_sign_of_the_bank_is_drawn_in_the_colour_of_its_words():
    assert "currentColor" in brand_mark()
