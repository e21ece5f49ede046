"""Files on their way to a person."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from rmhr.core.errors import NotPossible
from rmhr.core.files import store
from rmhr.models.documents import Document
from rmhr.web.downloads import send, send_made
from tests.support import documents


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def stored(data: bytes, name: str) -> Document:
    return store.store(store.accept(documents.uploaded(data, name)))


def body(response) -> bytes:
    response.direct_passthrough = False
    data = response.get_data()
    response.close()
    return data


@pytest.mark.parametrize("inline", [False, True])
def test_a_strangers_file_is_saved_not_run(inline):
    cv = documents.word()
    response = send(stored(cv, 'Müller "x" 🎉.docx'), inline=inline)

    assert body(response) == cv
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert unquote(response.headers["Content-Disposition"]).endswith("Müller _x_ 🎉.docx")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert response.headers["Cache-Control"] == "private, no-store"


def test_html_that_calls_itself_text_stays_text():
    response = send(stored(b"<script>alert(1)</script>", "cv.txt"), inline=True)

    assert body(response) == b"<script>alert(1)</script>"
    assert response.headers["Content-Type"] == "text/plain"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_pdf_may_be_looked_at_where_it_stands():
    response = send(stored(documents.pdf(), "cv.pdf"), inline=True)

    assert body(response).startswith(b"%PDF-")
    assert response.headers["Content-Disposition"].startswith("inline;")
    assert response.headers["Content-Type"] == "application/pdf"
    assert "script" not in response.headers["Content-Security-Policy"]


def test_a_file_that_is_gone_is_said_to_be_gone():
    document = stored(b"words", "cv.txt")
    store.path_of(document).unlink()

    with pytest.raises(NotPossible, match=r"“cv\.txt” is not there any more"):
        send(document)


def test_what_the_product_made_is_sent_under_the_name_it_is_given():
    response = send_made(b"%PDF-", "Zertifikat Müller.pdf")

    assert body(response) == b"%PDF-"
    assert response.headers["Content-Type"] == "application/pdf"
    assert unquote(response.headers["Content-Disposition"]).endswith("Zertifikat Müller.pdf")
