"""Text that people write, made whole once at the border: what comes after it need not care."""

import unicodedata

LONGEST = 2_000
"""Characters; a text is looked at no further when it is longer, as composing its letters could take minutes."""

_ODD = {"Cc", "Cf", "Cs", "Cn", "Co"}
"""Control, invisible and bidirectional characters, halves of characters, and what is no character."""


def made_whole(text: str) -> str:
    """The text with composed letters (NFC) and one blank for any white space, without blanks at its ends.

    Raises ValueError, in Polish, for a text that is too long, or holds a character that cannot be seen.
    """
    if len(text) > LONGEST:
        raise ValueError(f"tekst jest za długi; może mieć najwyżej {LONGEST} znaków")
    words = unicodedata.normalize("NFC", text).split()
    for word in words:
        for sign in word:
            if unicodedata.category(sign) in _ODD and sign != "\u00ad":
                raise ValueError(f"zawiera znak, którego nie widać (U+{ord(sign):04X}); wpisz tekst jeszcze raz")
    return " ".join(words).replace("\u00ad", "")
