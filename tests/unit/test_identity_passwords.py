"""Passwords, how long a wrong one makes the next try wait, and identifiers."""

import string
from datetime import timedelta

import pytest

from services.identity import passwords
from services.identity.accounts import identifier
from services.identity.credentials import identifier_key
from services.identity.profile import Credentials, PasswordPolicy
from services.identity.throttle import FREE_FAILURES, LONGEST_LOCK, lock_after
from tests.support.profiles import a_profile

STRONG = a_profile().of(Credentials).password
WEAK = PasswordPolicy(min_length=5, letter=True, digit=True)


async def test_a_password_is_kept_as_argon2id_and_proved_by_itself_alone() -> None:
    kept = await passwords.hashed("Zielony-Parasol-1957")
    assert kept.startswith("$argon2id$")
    assert "Parasol" not in kept
    assert await passwords.verify(kept, "Zielony-Parasol-1957")
    assert not await passwords.verify(kept, "zielony-parasol-1957")


async def test_the_same_password_is_kept_differently_each_time() -> None:
    assert await passwords.hashed("Zielony-Parasol-1957") != await passwords.hashed("Zielony-Parasol-1957")


async def test_letters_count_the_same_however_the_keyboard_composed_them() -> None:
    kept = await passwords.hashed("Zo\u0301łty-Zeszyt-7")
    assert await passwords.verify(kept, "Z\u00f3łty-Zeszyt-7")


async def test_nobody_has_the_parameters_of_everybody_and_no_password_fits() -> None:
    assert not passwords.is_outdated(passwords.NOBODY)
    assert not await passwords.verify(passwords.NOBODY, "")


async def test_a_hash_of_weaker_parameters_is_outdated() -> None:
    assert passwords.is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub+b0AXg")


@pytest.mark.parametrize(
    ("password", "policy", "told"),
    [
        ("Krótkie-7", STRONG, "co najmniej 12 znaków"),
        ("x1" * 100, STRONG, "najwyżej 128 znaków"),
        ("moje-100001-haslo", STRONG, "identyfikatora"),
        ("111111111111", STRONG, "łatwo odgadnąć"),
        ("abababababab", STRONG, "łatwo odgadnąć"),
        ("ab1", WEAK, "co najmniej 5 znaków"),
        ("12345", WEAK, "jedną literę"),
        ("abcde", WEAK, "jedną cyfrę"),
    ],
)
def test_a_password_against_the_policy_is_told_why(password: str, policy: PasswordPolicy, told: str) -> None:
    assert told in " ".join(problem.text for problem in passwords.problems(password, policy, "100001"))


@pytest.mark.parametrize(
    "password",
    ["Anna-Żółć-Nowak", "annazolcnowak1957", "NOWAK nowak nowak!", "zolc.anna@poczta.example", "Ewa.Zolc.Nowak"],
)
def test_a_password_of_the_own_names_and_little_else_is_refused(password: str) -> None:
    told = passwords.problems(password, STRONG, "100001", ("Anna Żółć-Nowak", "ewa.zolc@poczta.example"))
    assert [problem.code for problem in told] == ["password_of_own_names"]


@pytest.mark.parametrize("password", ["7193552088416027", "4471 9935 2206 8815", "!?&%$#-_+*@="])
def test_a_password_without_a_name_in_it_is_not_called_one(password: str) -> None:
    assert passwords.problems(password, STRONG, "100001", ("Anna Nowak", "an@poczta.example")) == ()


def test_a_password_that_is_weak_in_many_ways_is_told_one_of_them() -> None:
    told = passwords.problems("nowaknowaknowak", STRONG, "100001", ("Anna Nowak", "an@poczta.example"))
    assert [problem.code for problem in told] == ["password_of_own_names"]


@pytest.mark.parametrize("password", ["Anna lubi wróble", "zielony parasol", "Nowakowska kawa"])
def test_a_password_may_have_a_name_among_other_words(password: str) -> None:
    assert passwords.problems(password, STRONG, "100001", ("Anna Nowak", "an@poczta.example")) == ()


def test_each_reason_against_a_password_has_its_code_and_what_its_words_need() -> None:
    problems = passwords.problems("100", WEAK, "100")
    assert [(problem.field, problem.code, problem.parameters) for problem in problems] == [
        ("new_password", "password_too_short", {"shortest": "5"}),
        ("new_password", "password_without_letter", {}),
        ("new_password", "password_with_identifier", {}),
    ]


def test_every_password_on_the_utility_s_list_is_refused_whatever_its_case() -> None:
    assert STRONG.blocklist
    for common in STRONG.blocklist:
        assert passwords.problems(common.upper(), STRONG, "100001"), common


@pytest.mark.parametrize(
    ("password", "policy"),
    [("Zielony-Parasol-1957", STRONG), ("trzy ciche wróble", STRONG), ("żółwie śpią długo", STRONG), ("abcd1", WEAK)],
)
def test_a_password_within_the_policy_is_accepted(password: str, policy: PasswordPolicy) -> None:
    assert passwords.problems(password, policy, "100001") == ()


def test_a_temporary_password_is_easy_to_type_and_within_every_policy() -> None:
    for _ in range(200):
        made = passwords.temporary()
        assert set(made) <= set(string.ascii_lowercase + string.digits + "-")
        assert passwords.problems(made, STRONG, "100001") == ()
        assert passwords.problems(made, WEAK, "100001") == ()


def test_temporary_passwords_have_at_least_40_bits() -> None:
    words = passwords._words()
    assert len(set(words)) == len(words)
    assert len(words) ** passwords.WORDS * 90 >= 2**40
    assert len({passwords.temporary() for _ in range(500)}) == 500


def test_mistyping_a_few_times_makes_nobody_wait_and_guessing_waits_ever_longer() -> None:
    assert lock_after(FREE_FAILURES - 1) == timedelta()
    waits = [lock_after(n) for n in range(FREE_FAILURES, FREE_FAILURES + 5)]
    assert waits == [timedelta(seconds=s) for s in (30, 60, 120, 240, 480)]
    assert lock_after(1_000_000) == LONGEST_LOCK


def test_identifiers_follow_the_utility_s_scheme() -> None:
    assert identifier("payer_code", "100001", "FV/2026/10/000101") == "100001"
    assert identifier("invoice_prefix", "100001", "123456/789/2026") == "123456"
    assigned = {identifier("assigned", "100001", "") for _ in range(50)}
    assert len(assigned) == 50
    assert all(len(one) == 8 and one.isdecimal() for one in assigned)


def test_an_identifier_may_be_typed_with_spaces_and_capitals() -> None:
    assert identifier_key(" 100 001 ") == identifier_key("100001")
    assert identifier_key("Maria") == identifier_key("MARIA")
