"""The cookies of a request, and the names under which the office sets its own."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from litestar.types import Scope

from contracts.identity import Audience

SESSION: dict[Audience, str] = {"customer": "ebok", "office": "ebok_office"}
FORM: dict[Audience, str] = {"customer": "ebok_csrf", "office": "ebok_office_csrf"}
SAID: dict[Audience, str] = {"customer": "ebok_said", "office": "ebok_office_said"}
LANGUAGE = "ebok_language"
TYPED = "ebok_typed"

MOST_OF_A_NAME = 4

Sent = Mapping[str, Sequence[str]]
"""The values of each cookie that the browser sent, the last of them if there are more than `MOST_OF_A_NAME`.

There may be several of a name: by plain http another site of the same domain can set one beside ours.
"""


def cookies_of(scope: Scope) -> Sent:
    """The cookies that the browser sent, by name.

    Litestar's own `request.cookies` keeps the last thousand headers in memory, and with them people's sessions.
    """
    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    found: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=MOST_OF_A_NAME))
    for pair in sent.split(";"):
        name, _, value = pair.partition("=")
        found[name.strip()].append(value.strip())
    return dict(found)
