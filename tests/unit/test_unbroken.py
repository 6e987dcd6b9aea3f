"""Where a line of a text may not end."""

from pathlib import Path

import pytest

from gateway.web.refusals import text_of
from gateway.web.rendering import environment
from gateway.web.texts.languages import catalogue
from services.chassis.unbroken import unbroken
from services.identity.refusals import reasons
from tests.support import samples


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Zajrzyj w domu i w pracy", "Zajrzyj w~domu i~w~pracy"),
        ("Z tego odczytu (w dniu)", "Z~tego odczytu (w~dniu)"),
        ("вода і тепло", "вода і~тепло"),
        ("a page of a bill", "a~page of a~bill"),
        ("Wiadomość e-mail", "Wiadomość e=mail"),
        ("E-mailem, e-faktury", "E=mailem, e=faktury"),
        ("Ciepło Sp. z o.o.", "Ciepło Sp.~z~o.o."),
        ("Ciepło sp. z o. o.", "Ciepło sp.~z~o.~o."),
        ("PESEL (11 cyfr), do 24 godz.", "PESEL (11~cyfr), do 24~godz."),
        ("na przykład 22 11 2026", "na przykład 22~11~2026"),
        ("do %(days)s dni od %(name)s i więcej", "do %(days)s~dni od %(name)s i~więcej"),
        ("co najmniej {shortest} znaków, {phones} dziś", "co najmniej {shortest}~znaków, {phones} dziś"),
        ("FV/2026/11/000123 jest do zapłaty", "FV/2026/11/000123 jest do zapłaty"),
        ("1234,5 albo PC-12 tutaj", "1234,5 albo PC-12 tutaj"),
        ("kod płatnika 100001", "kod płatnika 100001"),
        ("53 9999 0000", "53~9999 0000"),
    ],
)
def test_a_line_does_not_end_where_no_line_ends(text: str, written: str) -> None:
    assert unbroken(text) == written.replace("~", "\u00a0").replace("=", "\u2011")
    assert unbroken(unbroken(text)) == unbroken(text)


def test_every_text_of_the_pages_is_written_so() -> None:
    assert catalogue("pl").gettext("Wróć do listy i zobacz") == "Wróć do listy i\u00a0zobacz"
    page = environment("pl").from_string('{{ _("Przychodzi e-mail") }}, {{ _("do %(days)s dni", days=3) }}')
    assert page.render() == "Przychodzi e\u2011mail, do 3\u00a0dni"
    assert samples.visit().translate("Stan z dnia") == "Stan z\u00a0dnia"
    asked = reasons.error("terms_not_accepted")
    assert text_of(asked, "identity", "pl") == unbroken(asked.text)


def test_the_name_of_the_utility_is_written_so_on_every_page(tmp_path: Path) -> None:
    site = samples.site(tmp_path)
    assert site.profile.utility.name.endswith("Sp. z o.o.")
    assert site.utility.name.endswith("Sp.\u00a0z\u00a0o.o.")
