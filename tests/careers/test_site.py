"""An administrator gives the career site the bank's name, logo, colours and words, without code."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image

from rmhr.applications import notifications
from rmhr.careers import operations, queries
from rmhr.core.db import db
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.files import pictures, store
from rmhr.core.i18n import Words
from rmhr.core.mail import outbox
from rmhr.models.accounts import Role
from rmhr.models.careers import CareerSite
from rmhr.models.documents import Document
from tests.factories.accounts import unit, user
from tests.factories.applications import application
from tests.factories.postings import career_site, posting
from tests.support.html import Html

PAGE = "/admin/careers"


def png(colour: str = "#0b5cad") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (90, 30), colour).save(made, "PNG")
    return made.getvalue()


def typed(**given: Any) -> dict[str, Any]:
    """The form filled in, as a browser sends it."""
    return {
        "name": "Hafenbank",
        "headline-en": "Stay with us",
        "headline-de": "Bleiben Sie bei uns",
        "introduction-en": "We take **time**.\n\n- one\n- two",
        "introduction-de": "Wir nehmen uns **Zeit**.",
        "accent": "#0b5cad",
        "accent_dark": "",
        "contact_email": "jobs@hafenbank.example",
        "imprint_url": "https://hafenbank.example/imprint",
        "privacy_url": "",
        "shows_count": "y",
        "seen": ".0",
    } | given


@pytest.fixture
def admin(browser):
    return browser(user(Role.ADMIN))


def test_what_is_saved_is_what_visitors_see(admin, browser):
    row = posting()
    answer = admin.post(PAGE, data=typed(logo=(io.BytesIO(png()), "logo.png")))
    assert answer.status_code == 303

    english, german = browser().get("/careers/").text, browser(language="de").get("/careers/").text
    for words in ("Hafenbank", "Stay with us", "<strong>time</strong>", "<li>one</li>"):
        assert words in english
    assert "Bleiben Sie bei uns" in german
    assert 'href="https://hafenbank.example/imprint"' in english
    assert "jobs@hafenbank.example" in browser().get("/careers/imprint").text
    for page in (
        "/careers/",
        f"/careers/{row.slug}",
        f"/careers/{row.slug}/apply",
        "/careers/my-application/link",
    ):
        said = browser().get(page).text
        assert "Hafenbank</span>" in said
        assert "/careers/brand.css?v=" in said
        assert 'class="brand__logo"' in said
    assert "Nordhaven" not in english


def test_the_name_is_that_of_colleagues_pages_and_of_every_mail_too(admin, browser, mails):
    admin.post(PAGE, data=typed())

    assert "Hafenbank</span>" in admin.get("/today").text
    page = browser().get("/sign-in").text
    assert "Hafenbank" in page
    assert "Nordhaven" not in page
    outbox.queue(notifications.RECEIVED, application())
    (mail,) = mails()
    assert "Hafenbank" in mail.html
    assert "Nordhaven" not in mail.html


def test_whom_mails_come_from_is_set_on_the_page(admin, app, mailbox, monkeypatch, browser):
    monkeypatch.setitem(app.config, "SMTP_URL", mailbox.url)
    it = application()
    outbox.queue(notifications.SHORTLISTED, it)
    db.session.commit()
    assert app.config["MAIL_FROM"] in admin.get("/admin/careers").text

    sent = typed(sender_name="Recruiting, Hafenbank", sender_address="Jobs@Hafenbank.example")
    assert admin.post("/admin/careers", data=sent).status_code == 303
    page = Html(admin.get("/admin/careers"))
    assert "Recruiting, Hafenbank (jobs@hafenbank.example)" in page.words("#sender")
    outbox.deliver()

    (mail,) = mailbox.received
    (sender,) = mail["From"].addresses
    (reader,) = mail["Reply-To"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Recruiting, Hafenbank", "jobs@hafenbank.example")
    assert reader.addr_spec == it.posting.recruiter.email
    assert browser(user(Role.HR)).get("/admin/careers").status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [{"sender_name": "jobs@bank.example"}, {"sender_address": "no address"}, {"sender_name": "x" * 81}],
)
def test_a_sender_that_is_none_is_refused(admin, wrong):
    assert admin.post("/admin/careers", data=typed(**wrong)).status_code == 422


def test_the_colours_are_a_style_sheet_of_our_own(admin, browser):
    assert browser().get("/careers/brand.css").text == ""
    assert "brand.css" not in browser().get("/careers/").text
    admin.post(PAGE, data=typed(accent="0B5CAD", accent_dark="#9CC4F0"))

    sheet = browser().get("/careers/brand.css")

    assert sheet.mimetype == "text/css"
    assert "--accent: light-dark(#0b5cad, #9cc4f0);" in sheet.text
    assert "style=" not in browser().get("/careers/").text


def test_a_logo_whose_file_is_gone_is_not_found(admin, browser):
    posting()
    admin.post(PAGE, data=typed(logo=(io.BytesIO(png()), "logo.png")))
    store.path_of(queries.logo()).unlink()
    assert browser().get("/careers/logo").status_code == 404


def test_the_logo_comes_from_our_own_address(admin, browser):
    posting()
    assert browser().get("/careers/logo").status_code == 404
    admin.post(PAGE, data=typed(logo=(io.BytesIO(png()), "logo.png")))

    page = Html(browser().get("/careers/"))
    source = page.attributes('img[src^="/careers/logo?v="]', "src")[0]
    picture = browser().get(source)

    assert picture.mimetype == "image/png"
    assert picture.cache_control.public
    assert picture.cache_control.max_age == 86_400
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(picture.data)).size == (90, 30)
    again = browser().get(source, headers={"If-None-Match": picture.headers["ETag"]})
    assert again.status_code == 304
    assert page.all('meta[property="og:image"]')


@pytest.mark.parametrize(
    ("field", "value", "ratio", "nearest"),
    [("accent", "#ffcc00", "1.3 : 1", "#8"), ("accent_dark", "#0b5cad", "2.1 : 1", "#")],
)
def test_a_colour_that_cannot_be_read_is_refused_with_the_ratio_and_the_nearest(
    admin, field, value, ratio, nearest
):
    answer = admin.post(PAGE, data=typed(**{field: value}))

    assert answer.status_code == 422
    assert ratio in answer.text
    assert "4.5 : 1 is needed" in answer.text
    offered = re.search(r"The nearest colour that can be read is (#\w{6})", answer.text)
    assert offered
    assert offered[1].startswith(nearest)
    assert admin.post(PAGE, data=typed(**{field: offered[1]})).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"accent": "blue"}, "Enter the colour as six digits and letters"),
        ({"imprint_url": "javascript:alert(1)"}, "Enter the whole address of the page"),
        ({"privacy_url": "hafenbank.example"}, "Enter the whole address of the page"),
        ({"contact_email": "jobs@"}, "Enter a complete e-mail address"),
        ({"headline-de": "x" * 91}, "At most 90 characters"),
        ({"name": "x" * 81}, "At most 80 characters"),
        ({"logo": (io.BytesIO(b"%PDF-1.7"), "logo.png")}, "“logo.png” is no picture that we can show"),
    ],
    ids=["colour", "script", "no scheme", "mail", "headline", "name", "logo"],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(admin, wrong, words):
    answer = admin.post(PAGE, data=typed(**wrong))

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Bleiben Sie bei uns"' in answer.text or "headline-de" in wrong
    assert "Wir nehmen uns **Zeit**." in answer.text
    assert queries.row() is None


def test_a_logo_outlives_a_mistake_elsewhere(admin, browser):
    answer = admin.post(PAGE, data=typed(accent="blue", logo=(io.BytesIO(png("#00aa55")), "logo.png")))
    kept = Html(answer).value("kept")
    assert kept
    assert f"data:image/png;base64,{kept}" in answer.text

    admin.post(PAGE, data=typed(kept=kept))

    saved = Image.open(io.BytesIO(browser().get("/careers/logo").data)).convert("RGB")
    assert saved.getpixel((5, 5)) == (0, 0xAA, 0x55)


def test_what_is_kept_in_the_form_is_looked_at_again(admin):
    for nonsense in ("%%%", "PHN2Zz48L3N2Zz4="):
        answer = admin.post(PAGE, data=typed(kept=nonsense))
        assert nonsense not in answer.text
        assert queries.row() is None or queries.row().logo is None


def test_one_looks_before_one_saves(admin, browser):
    answer = admin.post(PAGE, data=typed(look="1", logo=(io.BytesIO(png()), "logo.png")))

    assert answer.status_code == 200
    assert "Nothing is saved yet" in answer.text
    assert "<strong>time</strong>" in answer.text
    assert queries.row() is None
    sheet = admin.get(Html(answer).link('link[href^="/admin/careers/preview.css"]')).text
    assert sheet.startswith('.brand-preview [data-bs-theme="light"]')
    assert "#0b5cad" in sheet
    assert "url(" not in admin.get("/admin/careers/preview.css?accent=red;}*{background:url(x)").text


def test_back_to_how_it_was_drawn(admin, browser, session):
    admin.post(PAGE, data=typed(logo=(io.BytesIO(png()), "logo.png")))
    assert "Reset the design" in admin.get(PAGE).text
    assert "The colours and the logo are removed" in admin.get(f"{PAGE}/as-drawn").text

    admin.post(f"{PAGE}/as-drawn")

    assert browser().get("/careers/brand.css").text == ""
    assert browser().get("/careers/logo").status_code == 404
    assert "Stay with us" in browser().get("/careers/").text
    assert session.query(Document).count() == 0


def test_a_new_logo_takes_the_place_of_the_old_one(admin, browser, session):
    admin.post(PAGE, data=typed(logo=(io.BytesIO(png()), "logo.png")))
    admin.post(PAGE, data=typed(seen=".1", logo=(io.BytesIO(png("#00aa55")), "other.png")))
    assert session.query(Document).count() == 1
    admin.post(PAGE, data=typed(seen=".2", without_logo="y"))

    assert session.query(Document).count() == 0
    assert 'class="brand__logo"' not in browser().get("/careers/").text


def test_the_second_of_two_administrators_is_told_and_loses_nothing(admin):
    admin.post(PAGE, data=typed())

    answer = admin.post(PAGE, data=typed(name="Another name"))

    assert answer.status_code == 409
    assert 'value="Another name"' in answer.text
    seen = Html(answer).value("seen")
    assert admin.post(PAGE, data=typed(name="Another name", seen=seen)).status_code == 303


def test_only_administrators_set_it_up(browser):
    facts: dict[str, Any] = {"name": "Mine"}
    for role in set(Role) - {Role.ADMIN}:
        person = user(role)
        with pytest.raises(NotAllowed):
            operations.set_up(person, None, facts=facts)
        assert browser(person).get(PAGE).status_code == 403
    career_site()
    with pytest.raises(NotPossible, match="just set up"):
        operations.set_up(user(Role.ADMIN), None, facts=facts)


def test_nothing_that_is_written_there_runs(admin, browser):
    bad = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    both = {f"{name}-{code}": bad for name in ("introduction", "imprint") for code in ("en", "de")}
    admin.post(PAGE, data=typed(name="<script>alert(2)</script>", imprint_url="", **both))

    for page in ("/careers/", "/careers/imprint"):
        said = browser().get(page).text
        assert "<script>alert" not in said
        assert "<img src=x" not in said
        assert 'href="javascript' not in said
        assert "alert(1)" in said


def test_a_text_in_one_language_says_which_it_is(browser):
    career_site(introduction=Words(en="", de="Nur deutsch."))

    assert (
        '<div class="jobs-page__intro prose" lang="de"><p>Nur deutsch.</p>' in browser().get("/careers/").text
    )


def test_an_applicant_sees_the_same_bank(browser):
    row: CareerSite = career_site(accent="#0b5cad")
    it = application()

    sent = browser().get(f"/careers/{it.posting.slug}/apply/sent").text

    assert row.name in sent
    assert "/careers/brand.css" in sent


def test_a_page_that_is_not_there_says_so_in_the_same_clothes(browser):
    career_site(accent="#0b5cad")

    answer = browser().get("/careers/no-such-job")

    assert answer.status_code == 404
    assert "Hafenbank" in answer.text


def test_the_picture_of_a_logo_is_a_document_like_others(app, session):
    made = io.BytesIO(png())
    from werkzeug.datastructures import FileStorage

    upload = pictures.accept(FileStorage(made, filename="logo.png"))
    row = operations.set_up(user(Role.ADMIN), None, facts={}, logo=upload)

    assert row.logo
    assert store.path_of(row.logo).read_bytes() == upload.data
    assert row.logo.content_type == "image/png"


def test_a_unit_has_an_address_for_job_boards(browser):
    hr, there = user(Role.HR), unit(name="Kiel")
    given = {"name": "Kiel", "kind": "branch", "place": "Kiel", "holiday_region": "DE-SH"}

    answer = browser(hr).post(
        f"/units/{there.id}", data=given | {"street": "Holstenstraße 88", "postcode": "24103"}
    )

    assert answer.status_code == 303
    assert (there.street, there.postcode) == ("Holstenstraße 88", "24103")
