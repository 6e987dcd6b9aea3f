"""Quick escaping shows what Jinja's own escaping shows."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from gateway.quick_escape import QuickEscape, escaped


class Quick(Environment):
    code_generator_class = QuickEscape
    escaped = staticmethod(escaped)


class Shown:
    """A thing with its own HTML."""

    def __html__(self) -> str:
        return "<b>thing</b>"


@given(st.one_of(st.text(), st.integers(), st.decimals(allow_nan=False), st.none(), st.builds(Markup, st.text())))
def test_every_value_comes_out_as_markupsafe_writes_it(value: object) -> None:
    assert str(escaped(value)) == str(escape(value))


TEMPLATE = """
{% macro cell(value) %}<td title="{{ value }}">{{ value }}</td>{% endmacro %}
{% set loud = value ~ "<br>" %}
{{ value }} {{ value|upper }} {{ cell(value) }} {{ cell("<i>") }} {{ html }} {{ thing }} {{ amount }} {{ loud }}
{% autoescape false %}{{ value }}{% endautoescape %}{{ value|safe }}
"""


@pytest.mark.parametrize("value", ["Żółć", "<script>alert('x')</script>", 'O"Neil & Synowie', ""])
def test_a_template_comes_out_as_without_it(value: str) -> None:
    context = {"value": value, "html": Markup("<em>&amp;</em>"), "thing": Shown(), "amount": Decimal("1.50")}

    def shown(kind: type[Environment]) -> str:
        extensions = ["jinja2.ext.i18n"]
        environment = kind(autoescape=True, loader=DictLoader({"page": TEMPLATE}), extensions=extensions)
        return environment.get_template("page").render(context)

    assert shown(Quick) == shown(Environment)
    assert "<script>alert('x')</script></td>" not in shown(Quick)


def test_a_name_that_was_not_given_is_still_an_error() -> None:
    environment = Quick(autoescape=True, undefined=StrictUndefined)
    with pytest.raises(UndefinedError):
        environment.from_string("{{ missing }}").render()
