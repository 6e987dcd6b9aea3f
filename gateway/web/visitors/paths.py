"""Paths of this site."""

from urllib.parse import urlsplit


def local_path(wanted: str, default: str) -> str:
    """`wanted` when it is a path of this site, else `default`: a link from outside must not lead elsewhere."""
    try:
        parts = urlsplit(wanted)
    except ValueError:  # such as `//[`
        return default
    inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return wanted if inside and wanted.isprintable() else default
