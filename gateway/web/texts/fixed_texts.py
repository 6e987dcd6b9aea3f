"""Translating a template's fixed texts once, when it is compiled, instead of at every showing.

Each language has a template environment of its own, so `_("Numer")` always means the same there. A bills list has some
eighty of them: looking them up was a third of the time that the page takes.
"""

from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_NOT_PLAIN = frozenset("<>&%'\"")


class FixedTexts(Extension):
    """Puts the translation in the place of `_("…")` where the text has no parameters and nothing to escape.

    The environment must have the language's `gettext` as `environment.fixed_text` before its first template is loaded.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The template's tokens, with `_`, `(`, a text and `)` made one text."""
        window: list[Token] = []
        for token in stream:
            window.append(token)
            if len(window) == 4:
                if self._is_fixed(window):
                    yield self._translated(window[2])
                    window = []
                else:
                    yield window.pop(0)
        yield from window

    def _is_fixed(self, window: list[Token]) -> bool:
        kinds = [token.type for token in window]
        return (
            kinds == ["name", "lparen", "string", "rparen"]
            and window[0].value == "_"
            and _NOT_PLAIN.isdisjoint(self._text(window[2]))
        )

    def _text(self, token: Token) -> str:
        text: str = self.environment.fixed_text(token.value)  # type: ignore[attr-defined]  # rendering adds it
        return text

    def _translated(self, token: Token) -> Token:
        return Token(token.lineno, "string", self._text(token))
