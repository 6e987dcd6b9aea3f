"""Static files under addresses that hold their content's hash, so that browsers may keep them for ever."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MEDIA_TYPES: Mapping[str, str] = {
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "js": "text/javascript; charset=utf-8",
}


@dataclass(frozen=True)
class Asset:
    """A file to serve: its address, its bytes, and what it is."""

    href: str
    content: bytes
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
            result[file.name] = Asset(f"/static/{name}.{digest}.{ending}", content, MEDIA_TYPES[ending])
    return result


def asset_href(name: str) -> str:
    """The address of the static file `name`; `KeyError` when there is none."""
    return assets()[name].href


def asset_at(href: str) -> Asset | None:
    """The static file at the address `href`, or None."""
    return _by_href().get(href)


@cache
def _by_href() -> Mapping[str, Asset]:
    return {asset.href: asset for asset in assets().values()}
