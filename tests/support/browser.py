"""A person's browser: keeps cookies, fills forms, and checks each page that it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, cast

import httpx
from litestar.types import ASGIApp

from tests.support.pages import Element, faults, parse

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "",
    "content-security-policy": "default-src",
    "cache-control": "",
}
"""Headers that every page has, each with a part of its value."""


@dataclass(frozen=True)
class Page:
    """A page that was shown."""

    response: httpx.Response
    root: Element

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        """Where the person has ended up, after redirects."""
        return self.response.url.raw_path.decode()

    @property
    def title(self) -> str:
        return next((e.text for e in self.root.all("title")), "")

    @property
    def heading(self) -> str:
        return next((e.text for e in self.root.all("h1")), "")

    @property
    def text(self) -> str:
        """The words of the page's main part."""
        return next((e.text for e in self.root.all("main")), self.root.text)

    def has(self, words: str) -> bool:
        """Whether `words` stand on the page; a plain space also means a no-break one."""
        return words.replace("\xa0", " ") in self.root.text.replace("\xa0", " ")

    @property
    def errors(self) -> dict[str, str]:
        """What stands beside each field that is wrong, by the field's name."""
        found = {}
        for element in self.root.all():
            if element.get("id").startswith("error-"):
                found[element.get("id").removeprefix("error-")] = element.text
        return found

    def link(self, words: str) -> str:
        """The address behind the first link with `words`."""
        for element in self.root.all("a"):
            if words in element.text.replace("\xa0", " ") and element.get("href"):
                return element.get("href")
        raise AssertionError(f"no link {words!r} on {self.path}; there are {[e.text for e in self.root.all('a')]}")

    def form(self, action: str = "") -> "Form":
        """The form with `action` as a part of its action; the only one in `main` when nothing is given."""
        forms = [f for f in self.root.all("form") if action in f.get("action")]
        if not action:
            main = next(iter(self.root.all("main")), self.root)
            forms = list(main.all("form"))
        actions = [f.get("action") for f in self.root.all("form")]
        assert len(forms) == 1, f"{len(forms)} forms match {action!r} on {self.path}; there are {actions}"
        return Form(forms[0])


@dataclass(frozen=True)
class Form:
    """A form as it stands on the page."""

    element: Element

    @property
    def values(self) -> dict[str, str]:
        """What the browser would send if the person changed nothing and pressed no named button."""
        found: dict[str, str] = {}
        for entry in self.element.all("input", "textarea", "select"):
            name = entry.get("name")
            if not name or "disabled" in entry.attributes:
                continue
            if entry.tag == "textarea":
                found[name] = entry.text
            elif entry.tag == "select":
                options = list(entry.all("option"))
                chosen = next((o for o in options if "selected" in o.attributes), options[0] if options else None)
                if chosen is not None:
                    found[name] = chosen.attributes.get("value", chosen.text)
            elif entry.get("type") in {"checkbox", "radio"}:
                if "checked" in entry.attributes:
                    found[name] = entry.get("value") or "on"
            elif entry.get("type") not in {"submit", "button", "image", "file"}:
                found[name] = entry.get("value")
        return found

    def filled(self, fields: Mapping[str, Any]) -> dict[str, str]:
        """The values to send with `fields` typed in; True ticks a box, False leaves it."""
        values = self.values
        entries = {e.get("name"): e for e in self.element.all("input", "textarea", "select", "button")}
        for name, value in fields.items():
            assert name in entries, f"the form {self.element.get('action')} has no {name!r}, only {sorted(entries)}"
            if value is False:
                values.pop(name, None)
            else:
                values[name] = (entries[name].get("value") or "on") if value is True else str(value)
        return values


def in_process(application: ASGIApp, *, faults_are_pages: bool = False) -> httpx.ASGITransport:
    """What an `httpx.AsyncClient` asks `application` through, without a server; a fault is raised, or only shown."""
    # Litestar and httpx describe the dictionaries of ASGI by different types.
    return httpx.ASGITransport(cast("Any", application), raise_app_exceptions=not faults_are_pages)


class Browser:
    """One person's browser on the office at `address`; close it with `close` or use it as a context manager."""

    def __init__(self, address: str) -> None:
        self._address = address
        self.client = httpx.Client(base_url=address, follow_redirects=True, timeout=20, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.client.close()

    def get(self, path: str, status: int = 200) -> Page:
        """Open `path`; fails when the status differs or the page has a fault."""
        return self._shown(self.client.get(path), status)

    def submit(self, page: Page, action: str = "", *, status: int = 200, **fields: Any) -> Page:
        """Fill the form with `action` on `page` and send it; a named button is pressed by its name and value."""
        form = page.form(action)
        if form.element.get("method") == "get":
            return self._shown(self.client.get(form.element.get("action"), params=form.filled(fields)), status)
        return self.send(form.element.get("action"), form.filled(fields), status=status)

    def send(self, action: str, values: Mapping[str, str], *, status: int = 200) -> Page:
        """Send `values` to `action` as a form does; for what no honest form would send."""
        return self._shown(self.client.post(action, data=dict(values), headers={"origin": self._address}), status)

    def download(self, path: str, media_type: str) -> bytes:
        """The file behind `path`."""
        response = self.client.get(path)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        assert response.headers["content-type"].split(";")[0] == media_type
        return response.content

    def _shown(self, response: httpx.Response, status: int) -> Page:
        page = Page(response, parse(response.text))
        where = f"{response.request.method} {response.url.path}"
        assert response.status_code == status, f"{where}: {response.status_code} instead of {status}: {page.text[:600]}"
        assert response.headers.get("content-type", "").startswith("text/html"), f"{where} is no page"
        wrong = [*faults(page.root), *_header_faults(response)]
        assert not wrong, f"{where}: {'; '.join(wrong)}"
        return page


def _header_faults(response: httpx.Response) -> list[str]:
    wrong = [
        f"header {name} is {response.headers.get(name)!r}"
        for name, part in SECURITY_HEADERS.items()
        if name not in response.headers or part not in response.headers[name]
    ]
    policy = response.headers.get("content-security-policy", "")
    wrong += [f"the policy allows {word}" for word in ("unsafe-inline", "unsafe-eval", "*") if word in policy]
    if "frame-ancestors" not in policy and "x-frame-options" not in response.headers:
        wrong.append("the page may be framed")
    for shown in (*response.history, response):
        for cookie in shown.headers.get_list("set-cookie"):
            if "samesite" not in cookie.lower():
                wrong.append(f"cookie without SameSite: {cookie.partition('=')[0]}")
    return wrong
