"""A list in the browser, in both languages: columns are chosen, a file is taken home, the page stays as it was."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from rmhr.models.accounts import Role
from tests.factories import accounts, applications

pytestmark = pytest.mark.browser

SAYS = {
    "en": {
        "columns": "Columns",
        "apply": "Show these",
        "ask": "Export…",
        "csv": "Table as text (CSV)",
        "export": "Export",
        "name": "Name",
        "email": "E-mail",
        "step": "Next step",
        "file": "applications",
    },
    "de": {
        "columns": "Spalten",
        "apply": "Diese anzeigen",
        "ask": "Exportieren …",
        "csv": "Tabelle als Text (CSV)",
        "export": "Exportieren",
        "name": "Name",
        "email": "E-Mail",
        "step": "Nächster Schritt",
        "file": "bewerbungen",
    },
}


@pytest.fixture(params=["en", "de"])
def spoken(request):
    """The language of whoever looks at the list."""
    return request.param


@pytest.fixture
def hr(live, spoken):
    """Somebody from HR, with two applications to look at."""
    with live.app.app_context():
        for _n in range(2):
            applications.application()
        return accounts.user(Role.HR, language=spoken).id


def heads(page) -> list[str]:
    return page.locator("main thead th:not(.cell--tick)").all_inner_texts()


def test_columns_are_chosen_and_the_list_is_taken_home(hr, signed_in, spoken, axe):
    says = SAYS[spoken]
    page = signed_in(hr, language=spoken)
    page.goto("/applications/?view=screen")
    assert says["step"] in heads(page)

    page.get_by_text(says["columns"], exact=True).click()
    page.get_by_label(says["email"], exact=True).check()
    page.get_by_label(says["step"], exact=True).uncheck()
    axe(page)
    page.get_by_role("button", name=says["apply"]).click()
    page.wait_for_load_state()
    assert heads(page)[:2] == [says["name"], says["email"]]
    assert says["step"] not in heads(page)
    assert "view=screen" in page.url

    page.get_by_text(says["ask"]).click()
    box = page.locator("dialog[open]")
    box.wait_for()
    axe(page)
    with page.expect_download() as workbook:
        box.get_by_role("button", name=says["export"], exact=True).click()
    assert workbook.value.suggested_filename == f"{says['file']}.xlsx"
    with open(workbook.value.path(), "rb") as file:
        head = next(openpyxl.load_workbook(file).active.iter_rows(values_only=True))
    assert list(head) == heads(page)
    box.wait_for(state="hidden")

    page.get_by_text(says["ask"]).click()
    box.get_by_label(says["csv"]).check()
    with page.expect_download() as table:
        box.get_by_role("button", name=says["export"], exact=True).click()
    with open(table.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";" if spoken == "de" else ","))
    assert rows[0] == heads(page)
    assert [row[0] for row in rows[1:]] == page.locator("main .table__name").all_inner_texts()


def test_without_script_the_question_is_a_page(hr, signed_in, spoken):
    says = SAYS[spoken]
    page = signed_in(hr, language=spoken, width=390, java_script_enabled=False)
    page.goto("/applications/?view=screen")
    page.get_by_text(says["ask"]).click()
    page.wait_for_url("**/applications/export?*")
    with page.expect_download() as workbook:
        page.get_by_role("button", name=says["export"], exact=True).click()
    assert workbook.value.suggested_filename == f"{says['file']}.xlsx"


def test_a_view_with_a_long_name_is_kept_and_deleted_on_a_phone(hr, signed_in, spoken, axe):
    page, name = signed_in(hr, language=spoken, width=390, height=844), "Long names of views " * 3
    menu = page.locator("details:has(.menu__list--views)")
    page.goto("/applications/?q=a")
    menu.locator("summary").click()
    menu.locator("input[name=name]").fill(name)
    menu.locator(".menu__save button").click()

    menu.locator("summary").click()
    menu.locator("[aria-current]").get_by_text(name.strip()).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)
    menu.locator(".menu__pair button").click()
    menu.locator("summary").click()
    assert menu.locator(".menu__pair").count() == 0
