"""By which words applications are found.

What applicants say of private life is hidden where people are judged (`rmhr/law/masking.py`), and nobody finds them by
it: a search for a faith would choose people by it, which sections 1 and 7 AGG forbid.
"""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core.search.index import Findable, Part
from rmhr.law.masking import masked
from rmhr.models import search
from rmhr.models.applications import Applicant, Application, ApplicationAnswer
from rmhr.models.criteria import Question, QuestionKind
from rmhr.models.documents import Document

_PERSON = (
    Part((Application.name,)),
    Part((Applicant.email,), on=Applicant.id == Application.applicant_id),
)
#: What is answered otherwise is no text of the person: "yes", a number, a day.
_WRITTEN = sa.select(Question.id).where(Question.kind == QuestionKind.TEXT)

#: By whom it is.
CANDIDATES = Findable(search.CANDIDATES, Application, _PERSON)
#: By all that was sent.
APPLICATIONS = Findable(
    search.APPLICATIONS,
    Application,
    (
        *_PERSON,
        Part((Application.motivation,), reads=masked),
        Part((Document.text,), on=Document.id == Application.cv_id, reads=masked),
        Part(
            (ApplicationAnswer.answer,),
            on=ApplicationAnswer.application_id == Application.id,
            among=ApplicationAnswer.question_id.in_(_WRITTEN),
            reads=masked,
        ),
        Part(
            (Document.text,),
            on=sa.and_(
                Document.id == ApplicationAnswer.document_id,
                ApplicationAnswer.application_id == Application.id,
            ),
            reads=masked,
        ),
    ),
)
