"""The cookies of a request, and the names under which the office sets its own."""

from collections.abc import Mapping

from litestar.types import Scope

from contracts.identity import Audience

SESSION: dict[Audience, str] = {"customer": "ebok", "office": "ebok_office"}
FORM: dict[Audience, str] = {"customer": "ebok_csrf", "office": "ebok_office_csrf"}
LANGUAGE = "ebok_language"


def cookies_of(scope: Scope) -> Mapping[str, str]:
    """The cookies that the browser sent, by name.

    Litestar's own `request.cookies` keeps the last thousand headers in memory, and with them people's sessions.
    """
    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    pairs = (pair.partition("=") for pair in sent.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}
