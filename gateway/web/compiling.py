"""How templates become code: as jinja2 does it, without what it does at every cell for templates that are not ours.

Ours show typed views, call no function that wants jinja2's context, and are made of small macros (see docs/adr/0013).
"""

from collections.abc import Callable, Sequence
from typing import Any

import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.utils import missing
from markupsafe import Markup, escape

from gateway.web.texts.formatting import FIGURES

_escaped: Callable[[str], str] = markupsafe._escape_inner  # type: ignore[attr-defined]  # noqa: SLF001 (what `escape` does)


def written(value: Any) -> str:
    """What a template writes for `value`, safe within HTML.

    As `markupsafe.escape`, which wraps each of a page's hundreds of texts in a `Markup` only for them to be joined.
    """
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return _escaped(value)
    return escape(value)


def macro(body: Callable[..., str], names: Sequence[str]) -> Callable[..., Markup]:
    """What a template calls by a macro's name; `body` wants a value for each of `names`, or `missing`.

    jinja2's own does the same by way of three functions, and lists call one in every row.
    """
    count = len(names)

    def called(*given: Any, **named: Any) -> Markup:
        if named or len(given) != count:
            given = (*given, *(named.pop(name, missing) for name in names[len(given) :]))
            if named or len(given) != count:
                raise TypeError(f"a macro of {', '.join(names)} was called with {len(given)} values and {[*named]}")
        return str.__new__(Markup, body(*given))

    return called


class Compiler(CodeGenerator):
    """Compiles templates of typed views: `bill.number` is that attribute and nothing else, one that is missing a fault.

    jinja2's own code tries items after attributes, at every cell.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (jinja2's name)
        """An attribute is an attribute."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(  # noqa: N802 (jinja2's name)
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 (as jinja2 calls it)
    ) -> None:
        """A call is a call: no function of ours takes jinja2's context, so none is asked each time whether it does."""
        if node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A macro is `macro`, where that is enough."""
        if macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            super().macro_def(macro_ref, frame)
        else:
            names = tuple(argument.name for argument in macro_ref.node.args)
            self.write(f"environment.macro(macro, {names!r})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        elif isinstance(node, nodes.Filter) and node.name in FIGURES:
            self.write("(")
        else:
            self.write("environment.written(")
