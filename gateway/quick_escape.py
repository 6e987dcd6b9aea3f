"""Escaping what templates show, without making an object of each text that needs none.

A bills list shows some three hundred values, nearly all of them plain words and figures; wrapping each in `Markup` was a
tenth of the page's time. What is shown is the same to the letter (a test holds both against each other).
"""

import re
from typing import Any

from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

_needs_it = re.compile("[&<>\"']").search


def escaped(value: Any) -> str:
    """`value` as it may stand in HTML."""
    kind = type(value)
    if kind is Markup or (kind is str and _needs_it(value) is None):
        return value  # type: ignore[no-any-return]
    return escape(value)


class QuickEscape(CodeGenerator):
    """Compiles `{{ … }}` to a call of the environment's `escaped` where autoescaping is on."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.escaped(")
        if finalize.src is not None:
            self.write(finalize.src)
