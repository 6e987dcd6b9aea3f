"""How a service's no is said to a visitor in another language than Polish."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from contracts.reply import FieldError
from gateway.web.refusals import REASONS, text_of
from gateway.web.texts.languages import catalogue
from services.chassis.refusals import Quantity
from services.chassis.translating import CODES
from tests.support.pages import breakable

SERVICES = Path(__file__).parents[2] / "services"
WORDS = [(owner, words) for owner, reasons in REASONS.items() for words in reasons.words.values()]

LOWER: dict[str, Any] = {"last": Quantity(Decimal("677.000"), "m3"), "last_on": date(2026, 10, 31)}


def placeholders(words: str) -> set[tuple[str, str | None]]:
    return {(name, spec) for _, name, spec, _ in Formatter().parse(words) if name is not None}


def test_the_reasons_of_every_service_that_refuses_are_known() -> None:
    assert set(REASONS) == {path.parent.name for path in SERVICES.glob("*/refusals.py")} - {"chassis"}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("owner", "words"), WORDS)
def test_every_reason_has_words_in_every_language_with_the_same_parameters(code: str, owner: str, words: str) -> None:
    translated = catalogue(code).gettext(words)
    assert breakable(translated) != words, f"{owner} says it in Polish only; run: make messages"
    assert placeholders(translated) == placeholders(words)


@pytest.mark.parametrize(
    ("lang", "begins"),
    [
        ("pl", "Stan jest niższy niż ostatni odczyt (677\u00a0m³ z\u00a0dnia 31.10.2026)."),
        ("en", "The reading is lower than the last one (677\u00a0m³ of 31.10.2026)."),
        ("uk", "Показання нижче за останнє (677\u00a0m³ за 31.10.2026)."),
    ],
)
def test_a_refusal_is_said_in_the_visitor_s_language_with_figures_as_poles_write_them(lang: str, begins: str) -> None:
    error = REASONS["metering"].error("lower", "value", **LOWER)
    assert text_of(error, "metering", lang).startswith(begins)


@pytest.mark.parametrize(
    ("lang", "seconds", "wait"),
    [("pl", 31, "35 sekund"), ("en", 31, "35 sec"), ("uk", 3, "5 с"), ("en", 56, "1 min"), ("uk", 121, "3 хв")],
)
def test_a_wait_is_said_in_short_words_and_rounded_up(lang: str, seconds: int, wait: str) -> None:
    error = REASONS["identity"].error("too_many_attempts", wait=timedelta(seconds=seconds))
    assert breakable(text_of(error, "identity", lang)).rstrip(".").endswith(f" {wait}")


def test_the_same_code_of_two_services_has_the_words_of_its_own() -> None:
    billing, mail = (REASONS[owner].error("not_failed") for owner in ("billing", "correspondence"))
    assert text_of(billing, "billing", "en").startswith("This document")
    assert text_of(mail, "correspondence", "en").startswith("This message")


@pytest.mark.parametrize(
    "newer",
    [
        FieldError(field="", code="a_reason_of_tomorrow", text="Nie w niedzielę."),
        FieldError(field="", code="future", parameters={"latest": "2026-11-22"}, text="Nie w niedzielę."),
        FieldError(field="", code="future", parameters={"today": "tomorrow"}, text="Nie w niedzielę."),
    ],
)
def test_what_a_newer_service_says_is_shown_as_it_came(newer: FieldError) -> None:
    assert text_of(newer, "metering", "en") == "Nie w\u00a0niedzielę."


def test_moments_are_in_polish_time() -> None:
    error = REASONS["identity"].error(
        "already_accepted", clerk="Ewa Biurko", decided_at=datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    )
    assert text_of(error, "identity", "en").endswith("accepted: Ewa Biurko, 23.11.2026, 00:30.")
