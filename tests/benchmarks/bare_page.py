"""The reference of the pages: granian, one asyncpg query, one Jinja2 template; nothing else of what our pages do.

It reads and shows each field of which a row of ours is made. `EBOK_BENCH_DATABASE` is the read model,
`EBOK_BENCH_BYTES` how long the page is; the address says whose bills.
"""

import os
from typing import Any

import asyncpg
from jinja2 import DictLoader, Environment

_QUERY = """
    SELECT number, kind, issued_on, due_on, description, medium, period_from, period_to, gross, paid, left_to_pay,
           interest, e_invoice, document_key, invoice_id
    FROM invoice WHERE party_id = $1 ORDER BY issued_on DESC LIMIT 20
"""
_PAGE = """<!doctype html><html lang="pl"><head><title>Rachunki</title></head><body><h1>Rachunki</h1><table>
{% for row in rows %}<tr>{% for cell in row.values() %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table>{{ filler }}</body></html>"""

_template = Environment(autoescape=True, loader=DictLoader({"page": _PAGE})).get_template("page")
_state: dict[str, Any] = {}


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answers `/PARTY` with the page."""
    if scope["type"] != "http":
        return
    if "pool" not in _state:
        _state["pool"] = await asyncpg.create_pool(
            os.environ["EBOK_BENCH_DATABASE"], min_size=1, max_size=10, server_settings={"ebok.scope": "all"}
        )
    rows = await _state["pool"].fetch(_QUERY, scope["path"][1:])
    if "filler" not in _state:
        bare = len(_template.render(rows=rows, filler="").encode())
        _state["filler"] = "x" * (int(os.environ["EBOK_BENCH_BYTES"]) - bare)
    body = _template.render(rows=rows, filler=_state["filler"]).encode()
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
