"""A utility's own colours and mark: whatever it chooses can be read in both schemes."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gateway.web.looks import DARK_PAPER, PALE_PAPER, dark, looks, pale, style_sheet
from services.chassis import colours
from services.chassis.profile.looks import GROUND, LEGIBLE
from services.chassis.profile.looks import Looks as Setting
from tests.unit.test_templates import CSS

MARK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
OWN = Setting(accent="#8a1538", masthead="#4a0a1e", mark=MARK)

_ANY = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
_DARK_ENOUGH = _ANY.filter(lambda colour: colours.contrast(colour, GROUND) >= LEGIBLE)


def test_contrast_is_what_the_standard_says() -> None:
    assert colours.contrast("#000000", "#ffffff") == 21
    assert round(colours.contrast("#777777", "#ffffff"), 2) == 4.48


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    assert f"--ground: {GROUND};" in CSS
    assert f"--paper: {DARK_PAPER};" in CSS
    assert "--paper: #fff;" in CSS
    assert f"--accent: {Setting().accent};" in CSS
    assert f"--masthead: {Setting().masthead};" in CSS


@given(_DARK_ENOUGH, _DARK_ENOUGH)
def test_whatever_a_utility_chooses_can_be_read_in_both_schemes(accent: str, masthead: str) -> None:
    setting = Setting(accent=accent, masthead=masthead)
    for tokens, paper in ((pale(setting), PALE_PAPER), (dark(setting), DARK_PAPER)):
        for words, ground in (
            (tokens["accent"], paper),
            (tokens["accent-strong"], paper),
            (tokens["on-accent"], tokens["accent"]),
            ("#ffffff", tokens["masthead"]),
            (tokens["on-masthead-soft"], tokens["masthead"]),
        ):
            assert colours.contrast(words, ground) >= LEGIBLE, (tokens, words, ground)
        assert colours.contrast(tokens["series-before"], paper) >= 3


@pytest.mark.parametrize("wrong", [{"accent": "#74cbd6"}, {"masthead": "#ffd166"}, {"accent": "red"}])
def test_a_colour_that_cannot_be_read_is_refused_with_the_reason(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=r"the contrast is|pattern"):
        Setting(**wrong)


def test_paper_keeps_its_black_ink_whatever_a_utility_chooses() -> None:
    assert all(rule.startswith("@media screen") for rule in style_sheet(OWN).splitlines())


def test_a_utility_without_colours_of_its_own_has_no_style_sheet_of_its_own() -> None:
    assert looks(Setting(), "Wodociągi").colours is None
    assert looks(OWN, "Wodociągi").colours is not None


def test_only_tokens_that_there_are_change() -> None:
    assert set(re.findall(r"--([\w-]+):", style_sheet(OWN))) <= set(re.findall(r"--([\w-]+):", CSS))


def test_a_telephone_s_home_screen_has_the_name_and_the_marks() -> None:
    made = looks(OWN, "Wodociągi")
    assert made.mark.content == MARK
    told = json.loads(made.manifest.content)
    assert told["name"] == "Wodociągi eBOK"
    assert [made.asset_at(icon["src"]) for icon in told["icons"]] == [made.mark, made.app_icon]
    assert made.asset_at("/static/none.css") is None
