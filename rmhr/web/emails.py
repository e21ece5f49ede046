"""An e-mail address that somebody has typed."""

from __future__ import annotations

from wtforms import ValidationError

from rmhr.core.folding import same_address


def address(typed: str, wrong: str) -> str:
    """Returns the address as mail servers know it, in small letters.

    Raises ValidationError, saying `wrong`, where it cannot be written to.
    """
    from email_validator import (  # a page that is only shown needs none of it
        EmailNotValidError,
        validate_email,
    )

    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise ValidationError(wrong) from None
    return same_address(found.ascii_email or found.normalized)
