"""What a terminal is told of texts that come from files, messages and other programs."""

import unicodedata

from rich.markup import escape

_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def shown(text: str) -> str:
    r"""`text` with every character that a terminal would obey, or not show, written as its number: `\u001b`.

    Line ends and tabs stay. A file must not be able to move the cursor, colour a lie green or turn a line round.
    """
    return "".join(
        f"\\u{ord(sign):04x}" if sign not in "\n\t" and unicodedata.category(sign) in _UNSEEN else sign for sign in text
    )


def cell(text: str) -> str:
    """As `shown`, for a table or a console that reads `[red]` as a colour."""
    return escape(shown(text))
