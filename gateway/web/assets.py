"""Static files under addresses that hold their content's hash, so that browsers may keep them for ever."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

MEDIA_TYPES: Mapping[str, str] = {
    "css": "text/css",
    "svg": "image/svg+xml",
    "js": "text/javascript",
    "png": "image/png",
    "webmanifest": "application/manifest+json",
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
    there = (files("gateway") / "static").iterdir()
    return {file.name: asset_of(file.name, file.read_bytes()) for file in there if _ending(file.name) in MEDIA_TYPES}


def asset_of(name: str, content: bytes) -> Asset:
    """The file `name` with this content, to serve. Raises KeyError for an ending that is none of `MEDIA_TYPES`."""
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(
        href=f"/static/{name.rpartition('.')[0]}.{digest}.{_ending(name)}",
        content=content,
        gzipped=gzip.compress(content, mtime=0),
        media_type=MEDIA_TYPES[_ending(name)],
    )


def _ending(name: str) -> str:
    return name.rpartition(".")[2]


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
