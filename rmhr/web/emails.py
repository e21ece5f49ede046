"""An e-mail address that somebody has typed."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from wtforms import ValidationError

from rmhr.core.folding import same_address


def address(typed: str, wrong: str) -> str:
    """Returns the address as mail servers know it, in small letters.

    Raises ValidationError, saying `wrong`, where it cannot be written to.
    """
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise ValidationError(wrong) from None
    return same_address(found.ascii_email or found.normalized)
