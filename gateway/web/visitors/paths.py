"""Paths of this site."""

from urllib.parse import urlsplit

from contracts.identity import Audience


def door(path: str) -> Audience:
    """Which door a path belongs to."""
    return "office" if path == "/office" or path.startswith("/office/") else "customer"


def local_path(wanted: str, default: str) -> str:
    """`wanted` when it is a path of this site, else `default`: a link from outside must not lead elsewhere."""
    try:
        parts = urlsplit(wanted)
    except ValueError:  # such as `//[`
        return default
    inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return wanted if inside and wanted.isprintable() else default
