"""Text that people write, made whole once at the border: what comes after it need not care."""

import unicodedata

LONGEST = 2_000
"""Characters; a text is looked at no further when it is longer, as composing its letters could take minutes."""

_ODD = {"Cc", "Cf", "Cs", "Cn", "Co"}
_SOFT_HYPHEN = "\u00ad"


def is_odd(sign: str) -> bool:
    """Whether nobody sees a character: control, invisible and bidirectional ones, halves, and what is none.

    A soft hyphen, which comes with text copied from a web page, only says where a word may be broken.
    """
    return unicodedata.category(sign) in _ODD and sign != _SOFT_HYPHEN


def visible(text: str) -> str:
    r"""The text with each character that nobody sees written as its number: `\u202e`. Line ends and tabs stay.

    For what programs elsewhere say, and people read here: it must not move a cursor or turn a line round.
    """
    return "".join(sign if sign in "\n\t" or not _is_hidden(sign) else f"\\u{ord(sign):04x}" for sign in text)


def _is_hidden(sign: str) -> bool:
    return is_odd(sign) or unicodedata.category(sign) in {"Zl", "Zp"}


LONGEST_REASON = 500
"""Characters of a reason that are kept, and that clerks are shown."""


def reason_of(fault: str) -> str:
    """Why something failed, as it is kept and clerks are shown it: `visible`, and not too long."""
    return visible(fault)[:LONGEST_REASON]


def made_whole(text: str) -> str:
    """The text with composed letters (NFC) and one blank for any white space, without blanks at its ends.

    Raises ValueError for a text that is too long, or holds a character that cannot be seen.
    """
    if len(text) > LONGEST:
        raise ValueError(f"is too long; it may have at most {LONGEST} characters")
    words = unicodedata.normalize("NFC", text).split()
    for word in words:
        for sign in word:
            if is_odd(sign):
                raise ValueError(f"has a character that cannot be seen (U+{ord(sign):04X}); type the text again")
    return " ".join(words).replace(_SOFT_HYPHEN, "")
