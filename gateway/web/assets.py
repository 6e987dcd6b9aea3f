"""Static files under addresses that hold their content's hash, so that browsers may keep them for ever."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from markupsafe import Markup

FOR_EVER = "public, max-age=31536000, immutable"

MEDIA_TYPES: Mapping[str, str] = {
    "css": "text/css",
    "svg": "image/svg+xml",
    "js": "text/javascript",
}


@dataclass(frozen=True)
class Asset:
    """A file to serve: its address, its bytes as they are and compressed, and what it is."""

    href: str
    content: bytes
    gzipped: bytes
    media_type: str


@cache
def assets() -> Mapping[str, Asset]:
    """Every static file by its name."""
    result = {}
    for file in (files("gateway") / "static").iterdir():
        name, _, ending = file.name.rpartition(".")
        if ending in MEDIA_TYPES:
            content = file.read_bytes()
            digest = hashlib.sha256(content).hexdigest()[:12]
            result[file.name] = Asset(
                href=f"/static/{name}.{digest}.{ending}",
                content=content,
                gzipped=gzip.compress(content, mtime=0),
                media_type=MEDIA_TYPES[ending],
            )
    return result


def asset_href(name: str) -> str:
    """The address of the static file `name`; `KeyError` when there is none."""
    return assets()[name].href


def icon(name: str) -> Markup:
    """An icon of `icons.svg`. It never stands without words beside it, so it is hidden from screen readers."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        asset_href("icons.svg"), name
    )


def asset_at(href: str) -> Asset | None:
    """The static file at the address `href`, or None."""
    return _by_href().get(href)


@cache
def _by_href() -> Mapping[str, Asset]:
    return {asset.href: asset for asset in assets().values()}


@get("/static/{name:str}")
async def static_file(request: Request[Any, Any, Any], name: str) -> Response[bytes]:
    """A static file under the address that holds its hash, compressed for whoever can read it so."""
    asset = asset_at(f"/static/{name}")
    if asset is None:
        raise NotFoundException
    headers = {"cache-control": FOR_EVER, "vary": "accept-encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(asset.content, media_type=asset.media_type, headers=headers)
    return Response(asset.gzipped, media_type=asset.media_type, headers={**headers, "content-encoding": "gzip"})
