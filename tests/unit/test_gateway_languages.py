"""Languages of the pages."""

import pytest

from gateway.web.texts.languages import Catalogue


def test_a_text_without_translation_stays_polish() -> None:
    assert Catalogue({}).gettext("Zaloguj się") == "Zaloguj się"


@pytest.mark.parametrize(("count", "form"), [(1, "річ"), (3, "речі"), (5, "речей"), (12, "речей"), (21, "річ")])
def test_ukrainian_has_three_forms_of_number(count: int, form: str) -> None:
    assert Catalogue({"rzecz": ("річ", "речі", "речей")}).ngettext("rzecz", "rzeczy", count) == form


@pytest.mark.parametrize(("count", "form"), [(1, "thing"), (2, "things"), (21, "things")])
def test_english_has_two_forms_of_number(count: int, form: str) -> None:
    assert Catalogue({"rzecz": ("thing", "things")}).ngettext("rzecz", "rzeczy", count) == form
