"""What the candidate has of an interview: the entry for their calendar."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from rmhr.core.policy import PRIVATE_LINK
from rmhr.interviews import notifications, queries
from rmhr.web import downloads
from rmhr.web.auth import me_as_applicant
from rmhr.web.blueprint import Blueprint

bp = Blueprint("my_interview", __name__, url_prefix="/careers/my-application/interview")


@bp.get("/<int:id>.ics", access=PRIVATE_LINK)
def calendar(id: int) -> ResponseReturnValue:
    """The interview as a file that every calendar opens."""
    interview = queries.meetings.of_applicant(me_as_applicant(), id)
    body = notifications.published(interview, interview.application)
    return downloads.send_made(body.encode(), "interview.ics", "text/calendar")
