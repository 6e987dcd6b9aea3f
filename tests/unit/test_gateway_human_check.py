"""W03: five digits are shown, the person types the two that the instruction names."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.applications.human_check import VALID, Answer, HumanCheck, judge, new_check, passed

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECRET = "of this test"
KEY = "k" * 22


def passes(secret: str, token: str, typed: tuple[str, ...], now: datetime) -> bool:
    return judge(secret, token, typed, KEY, now) == "right"


def asked_digits(check: HumanCheck) -> tuple[str, ...]:
    return tuple(check.digits[place - 1] for place in check.asked)


def test_five_digits_are_shown_and_two_different_places_are_asked_for() -> None:
    check = new_check(SECRET, NOW)
    assert len(check.digits) == 5
    assert len(set(check.asked)) == 2
    assert all(1 <= place <= 5 for place in check.asked)


def test_the_digits_asked_for_pass() -> None:
    check = new_check(SECRET, NOW)
    assert passes(SECRET, check.token, asked_digits(check), NOW)


def test_blanks_around_a_digit_do_not_matter() -> None:
    check = new_check(SECRET, NOW)
    first, second = asked_digits(check)
    assert passes(SECRET, check.token, (f" {first}", f"{second} "), NOW)


def test_another_digit_does_not_pass() -> None:
    check = new_check(SECRET, NOW)
    first, second = asked_digits(check)
    assert not passes(SECRET, check.token, (first, str((int(second) + 1) % 10)), NOW)


def test_a_check_is_worth_nothing_after_its_time() -> None:
    check = new_check(SECRET, NOW)
    assert not passes(SECRET, check.token, asked_digits(check), NOW + VALID + timedelta(seconds=1))


def test_a_check_signed_with_another_secret_does_not_pass() -> None:
    check = new_check("of somebody else", NOW)
    assert not passes(SECRET, check.token, asked_digits(check), NOW)


def test_a_signature_with_letters_beyond_ascii_does_not_pass() -> None:
    check = new_check(SECRET, NOW)
    encoded, _, signature = check.token.partition(".")
    assert not passes(SECRET, f"{encoded}.{signature[:-1]}ż", asked_digits(check), NOW)


def test_no_two_checks_have_the_same_token() -> None:
    tokens = {new_check(SECRET, NOW).token for _ in range(1000)}
    assert len(tokens) == 1000


@pytest.mark.parametrize(("typed", "answer"), [(("", " "), "missing"), (("x", ""), "wrong"), (("x", "y"), "wrong")])
def test_whoever_typed_nothing_is_not_told_that_it_was_wrong(typed: tuple[str, ...], answer: Answer) -> None:
    assert judge(SECRET, new_check(SECRET, NOW).token, typed, KEY, NOW) == answer


def test_a_check_whose_time_is_up_is_over_and_not_wrong() -> None:
    check = new_check(SECRET, NOW)
    assert judge(SECRET, check.token, asked_digits(check), KEY, NOW + 2 * VALID) == "over"


def test_a_passed_check_stays_passed_for_its_form_only_and_in_its_time() -> None:
    solved = passed(SECRET, new_check(SECRET, NOW).token, KEY)
    assert solved.asked == ()
    for key, now, answer in ((KEY, NOW, "right"), ("o" * 22, NOW, "over"), (KEY, NOW + 2 * VALID, "over")):
        assert judge(SECRET, solved.token, ("", ""), key, now) == answer
    assert passed(SECRET, solved.token, KEY).token == solved.token, "it is carried on however often it is sent"


@given(st.text(max_size=80))
def test_a_made_up_token_never_passes_and_never_breaks(token: str) -> None:
    assert not passes(SECRET, token, ("1", "2"), NOW)
