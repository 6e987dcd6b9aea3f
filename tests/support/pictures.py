"""The pictures of README.md: `make pictures` takes them of the demo office that runs on this machine.

It logs in as the demo customer, in Chromium, and writes `docs/pictures/`. Look at them before you commit them.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from deploy.local import environment, opening
from deploy.local.errors import LocalStackError
from tests.support.chromium import launched
from tests.support.gallery import opened

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
WHO = "Demo customer"


def take(folder: Path = PICTURES) -> list[Path]:
    """Take every picture into `folder`. Raises LocalStackError where no demo office runs, or nobody can log in."""
    stack = opening.last_stack()
    if stack is None or not opening.supervisor(stack).is_running():
        raise LocalStackError("No office runs on this machine: start one with `make demo` in another terminal.")
    login, _, password = stack.state.logins.get(stack.state.slug, {}).get(WHO, "").partition(", password ")
    if not password:
        raise LocalStackError("The office that runs has no demo customer: start it without --empty.")
    address = environment.web_url(stack.state)
    with sync_playwright() as playwright, launched(playwright) as browser:
        return [
            _picture(folder / f"{name}.png", browser, address, (login, password), size, reached)
            for name, size, reached in _SHOWN
        ]


def _bills(_page: Page) -> None:
    """What a customer sees first."""


def _newest_bill(page: Page) -> None:
    page.locator("main a[href*='/bills/']:not([href$='.pdf'])").first.click()


_SHOWN: tuple[tuple[str, tuple[int, int], Callable[[Page], None]], ...] = (
    ("bills", (1400, 860), _bills),
    ("phone", (390, 760), _newest_bill),
)
"""Each picture's name, its width and height, and the way from the first page behind the login."""


def _picture(
    file: Path,
    browser: Browser,
    address: str,
    login: tuple[str, str],
    size: tuple[int, int],
    reached: Callable[[Page], None],
) -> Path:
    width, height = size
    with opened(browser, width, height=height, color_scheme="light", locale="pl-PL") as page:
        page.goto(f"{address}/login")
        page.locator("input[name=identifier]").fill(login[0])
        page.locator("input[name=password]").fill(login[1])
        page.get_by_role("button", name="Zaloguj się").click()
        page.wait_for_load_state("networkidle")
        if page.url.endswith("/login"):
            raise LocalStackError(f"{login[0]} cannot log in; was the password changed? `ebok clean` begins anew.")
        reached(page)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=file)
    return file


if __name__ == "__main__":
    try:
        for picture in take():
            sys.stdout.write(f"{picture}\n")
    except LocalStackError as error:
        sys.exit(str(error))
