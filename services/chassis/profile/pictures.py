"""Pictures that a utility brings: whether a browser can show what is in the file."""

import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

LARGEST_MARK, LARGEST_ICON = 50_000, 200_000
_SIDE = 512
_SVG = "{http://www.w3.org/2000/svg}svg"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LARGEST_PIXELS = (8 * _SIDE + 1) * _SIDE
"""Bytes of the pixels at most: four channels of two bytes, and each line's filter (PNG, 7.2)."""


def svg(content: bytes) -> bytes:
    """The SVG picture as it is. Raises ValueError for what is none, is broken, or is larger than `LARGEST_MARK`."""
    wanted = f"must be an SVG picture of at most {LARGEST_MARK // 1000} kB"
    if len(content) > LARGEST_MARK:
        raise ValueError(wanted)
    try:
        root = ET.fromstring(content)  # noqa: S314 (of the utility's own file, which is small; expat bounds entities)
    except (ET.ParseError, ValueError, LookupError) as error:  # an encoding that there is not
        raise ValueError(f"{wanted}; it cannot be read: {error}") from error
    if root.tag != _SVG:
        raise ValueError(f'{wanted}, which begins with <svg xmlns="http://www.w3.org/2000/svg" …>')
    return content


def png(content: bytes) -> bytes:
    """The PNG picture as it is. Raises ValueError for what is none, is broken, too large, or of another size."""
    wanted = f"must be a PNG picture of {_SIDE} × {_SIDE} pixels and at most {LARGEST_ICON // 1000} kB"
    size = content[16:24]  # width and height, four bytes each (PNG, 11.2.2)
    if not content.startswith(_SIGNATURE) or size != _SIDE.to_bytes(4) * 2 or len(content) > LARGEST_ICON:
        raise ValueError(wanted)
    try:
        pixels = zlib.decompressobj().decompress(
            b"".join(data for kind, data in _chunks(content) if kind == b"IDAT"), _LARGEST_PIXELS
        )
    except zlib.error as error:
        raise ValueError(f"{wanted}; its pixels cannot be read: save it again") from error
    if len(pixels) < (_SIDE // 8 + 1) * _SIDE:  # one bit each
        raise ValueError(f"{wanted}; some of its pixels are missing: save it again")
    return content


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG picture, each with its kind (PNG, 5.3). Raises ValueError where it is cut off or damaged."""
    at = len(_SIGNATURE)
    kind = b""
    while kind != b"IEND":
        end = at + 8 + int.from_bytes(content[at : at + 4])
        kind, data, told = content[at + 4 : at + 8], content[at + 8 : end], content[end : end + 4]
        if len(told) < 4 or zlib.crc32(kind + data) != int.from_bytes(told):
            raise ValueError("the picture is cut off or damaged: save it again")
        yield kind, data
        at = end + 4
