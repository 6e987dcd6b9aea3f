"""Languages of the pages."""

import pytest
from markupsafe import Markup

from gateway.web.texts.languages import preferred
from services.chassis.catalogues import Catalogue


def test_a_text_without_translation_stays_polish() -> None:
    assert Catalogue({}).gettext("Zaloguj się") == "Zaloguj się"


@pytest.mark.parametrize(("count", "form"), [(1, "річ"), (3, "речі"), (5, "речей"), (12, "речей"), (21, "річ")])
def test_ukrainian_has_three_forms_of_number(count: int, form: str) -> None:
    assert Catalogue({"rzecz": ("річ", "речі", "речей")}).ngettext("rzecz", "rzeczy", count) == form


@pytest.mark.parametrize(("count", "form"), [(1, "thing"), (2, "things"), (21, "things")])
def test_english_has_two_forms_of_number(count: int, form: str) -> None:
    assert Catalogue({"rzecz": ("thing", "things")}).ngettext("rzecz", "rzeczy", count) == form


def test_what_is_filled_into_a_text_is_shown_as_text_and_the_text_itself_may_have_markup() -> None:
    catalogue = Catalogue({"Dzień dobry, %(name)s": ("<b>Hello</b>, %(name)s",)})
    assert catalogue.said("Dzień dobry, %(name)s", name="<i>") == Markup("<b>Hello</b>, &lt;i&gt;")


def test_a_text_of_a_number_of_things_has_the_number_in_it() -> None:
    catalogue = Catalogue({"%(num)s rachunek": ("%(num)s bill", "%(num)s bills")})
    assert catalogue.said_of("%(num)s rachunek", "%(num)s rachunki", 3) == Markup("3 bills")


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "pl"),
        ("uk", "uk"),
        ("uk-UA,uk;q=0.9,en-US;q=0.8", "uk"),
        ("de-DE,de;q=0.9,en;q=0.8,pl;q=0.7", "en"),
        ("en;q=0.5, uk;q=0.7", "uk"),
        ("fr,de", "pl"),
        ("en;q=0, uk;q=x", "pl"),
        ("*", "pl"),
        (",;q=1,,EN", "en"),
    ],
)
def test_before_anybody_chooses_the_browser_says_the_language(header: str, lang: str) -> None:
    assert preferred(header, ("pl", "en", "uk"), "pl") == lang


def test_a_language_that_is_not_offered_is_not_shown() -> None:
    assert preferred("uk,en;q=0.5", ("pl", "en"), "pl") == "en"
