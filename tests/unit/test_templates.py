"""What holds for every template and for the style sheet, whichever page uses them."""

import re
from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import get_type_hints

import pytest
from jinja2 import Environment, UndefinedError, meta, nodes
from markupsafe import Markup

import gateway
from gateway.bills import samples as bills
from gateway.bills.queries import NOTHING_OWED, Bill, BillState
from gateway.bills.views import BillList
from gateway.pages import PAGES
from gateway.styleguide.samples import style_guide
from gateway.web.assets import assets
from gateway.web.errors import ErrorPage, NoRight, OutdatedForm
from gateway.web.rendering import environment
from gateway.web.site import Site
from gateway.web.texts.formatting import FIGURES
from gateway.web.view import Frame, View
from gateway.web.visitors.visit import Visit
from tests.support import samples

ROOT = Path(gateway.__file__).parent
TEMPLATES = sorted(environment("pl").list_templates())
CSS = (ROOT / "static" / "ebok.css").read_text(encoding="utf-8")


def source(name: str) -> str:
    templates = environment("pl")
    assert templates.loader
    return templates.loader.get_source(templates, name)[0]


def markup(name: str) -> str:
    """The HTML of a template alone: without Jinja's comments, statements, expressions and blocks inside attributes."""
    texts = re.sub(r"\{% block \w+_(?:class|href) %\}.*?\{% endblock %\}", "", source(name))
    return re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", texts, flags=re.DOTALL)


@pytest.fixture
def templates() -> Environment:
    return environment("pl")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return samples.site(tmp_path)


def bill_list(site: Site, customer: Visit) -> str:
    full = next(view for view in bills.samples(site, customer) if isinstance(view, BillList))
    return site.page(customer, replace(full, bills=[*full.bills] * 4)).content


def guide(site: Site) -> str:
    return site.page(samples.visit(), style_guide("pl")).content


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles(templates: Environment, name: str) -> None:
    assert templates.get_template(name).filename


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_nothing_that_the_content_security_policy_forbids(name: str) -> None:
    found = re.findall(r"<style|<script|\sstyle=|\son[a-z]+=|javascript:|https?://", markup(name), flags=re.IGNORECASE)
    assert not found


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not name.startswith("styleguide/")])
def test_every_text_of_a_template_can_be_translated(name: str) -> None:
    texts = re.sub(r'<!doctype html>|<[^>]*>| aria-[a-z]+="[^"]*"', " ", markup(name))
    left = set(re.findall(r"[^\W\d_]{2,}", texts)) - {"PDF", "eBOK", "nbsp"}
    assert not left, "put it into _()"


@pytest.mark.parametrize("name", TEMPLATES)
def test_labels_for_screen_readers_can_be_translated(name: str) -> None:
    assert not re.findall(r'(?:aria-label|alt|title|placeholder)="[^"{]*[^\W\d_][^"]*"', markup(name))


def test_every_asset_and_icon_that_templates_name_is_there() -> None:
    all_sources = "".join(map(source, TEMPLATES))
    assets = set(re.findall(r'"([^"]+)"\|asset', all_sources)) | {"icons.svg", "mark.svg"}
    assert assets == {path.name for path in (ROOT / "static").iterdir() if path.suffix in {".css", ".svg"}}
    icons = set(re.findall(r'"([^"]+)"\|icon', all_sources)) | {"info", "success", "warn", "error"}
    drawn = set(re.findall(r'symbol id="([^"]+)"', (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")))
    assert icons <= drawn
    assert drawn - icons == set(), "an icon that nothing shows"


def test_every_class_of_the_style_sheet_is_used_by_a_template() -> None:
    all_sources = "".join(map(source, TEMPLATES))
    written = set(re.findall(r"[\w-]+", all_sources))
    families = set(re.findall(r"([\w-]+--)\{", all_sources))
    rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", CSS, flags=re.DOTALL)
    classes = set(re.findall(r"\.([a-z][\w-]*)", rules))
    chosen_by_data = {"now", "before"}  # a step's state and a series' period
    of_a_filter = {"unbroken"}  # `company`
    unused = {
        name for name in classes - written - chosen_by_data - of_a_filter if not any(map(name.startswith, families))
    }
    assert not unused


FRAME = {field.name for field in fields(Frame)}


def own_names(name: str) -> set[str]:
    """The names that a template expects of whoever renders it, but for those of every page."""
    tree = environment("pl").parse(source(name))
    imported = {each for part in tree.find_all(nodes.FromImport) for each in part.names}
    here = {each if isinstance(each, str) else each[1] for each in imported}
    here |= {macro.name for macro in tree.find_all(nodes.Macro)}
    here |= {
        target.name
        for part in tree.body
        if isinstance(part, nodes.Assign)
        for target in part.find_all(nodes.Name)
        if target.ctx == "store"
    }
    return meta.find_undeclared_variables(tree) - here - set(environment("pl").globals) - FRAME


def views() -> list[type[View]]:
    return sorted(
        {view for page in PAGES for view in samples.views_of(page)} | {ErrorPage, NoRight, OutdatedForm}, key=str
    )


@pytest.mark.parametrize("view", views(), ids=lambda view: view.__name__)
def test_a_template_uses_the_fields_of_its_view_all_of_them_and_no_other_name(view: type[View]) -> None:
    assert own_names(view.template) == {field.name for field in fields(view)}


def test_every_template_that_is_no_part_of_others_has_a_view() -> None:
    parts = {name for name in TEMPLATES if name.startswith(("layout/", "components/"))} | {
        "applications/fields.html",
        "readings/facts.html",
    }
    assert set(TEMPLATES) - parts == {view.template for view in views()}


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.startswith("layout/")])
def test_a_layout_uses_only_what_every_page_has(name: str) -> None:
    assert own_names(name) == set()


def test_the_style_guide_and_the_bills_page_stay_under_60_kb_with_all_they_load(site: Site) -> None:
    loaded = sum(len(assets()[name].gzipped) for name in ("ebok.css", "icons.svg", "mark.svg"))
    for html in (guide(site), bill_list(site, samples.by_customer())):
        assert len(html.encode()) + loaded < 60_000


@pytest.mark.parametrize("status", [404, 500, 503])
def test_a_clerks_error_page_tells_nothing_that_is_for_customers(site: Site, status: int) -> None:
    html = site.page(samples.visit(), ErrorPage(status, None, office=True, kept={}, action="/office")).content
    assert "panel pracownika" in html
    assert "Zadzwoń" not in html
    assert 'href="/"' not in html


def test_a_page_that_cannot_be_shown_promises_no_other(site: Site) -> None:
    html = site.page(samples.visit(), ErrorPage(503, None, office=False, kept={}, action="/")).content
    assert "Pracujemy nad tym" in html
    assert "możesz dalej" not in html


def test_what_a_person_typed_is_shown_as_text_and_never_as_markup(site: Site) -> None:
    html = bill_list(site, samples.by_customer(name='"><script>alert(1)</script>'))
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("state", ["paid", "due", "overdue"])
def test_every_text_of_the_list_that_escapes_by_hand_is_shown_as_text(site: Site, state: BillState) -> None:
    texts = [name for name, kind in get_type_hints(Bill).items() if kind in (str, str | None)]
    known = bills.BILLS[0]._asdict() | {"state": state}
    hostile = Bill(**known | dict.fromkeys(texts, '"><b>'))
    html = site.page(
        samples.by_customer(),
        BillList([hostile], 1, 1, NOTHING_OWED, None, on_paper=False, with_interest=True, with_documents=True),
    ).content
    assert '"><b>' not in html
    assert html.count("&#34;&gt;&lt;b&gt;") >= len(texts)


def test_a_name_that_a_view_lacks_is_a_fault_and_not_an_empty_place(templates: Environment) -> None:
    with pytest.raises(AttributeError):
        templates.from_string("{{ bill.nmber }}").render(bill=bills.BILLS[0])


def test_a_wrong_field_is_tied_to_its_error_and_reached_from_the_summary(site: Site) -> None:
    html = guide(site)
    assert 'href="#field-sample_nip"' in html
    entry = re.search(r'<input[^>]*id="field-sample_nip"[^>]*>', html)
    assert entry
    assert 'aria-invalid="true"' in entry[0]
    assert 'aria-describedby="hint-sample_nip error-sample_nip"' in entry[0]
    assert 'id="error-sample_nip"' in html


def test_a_password_is_never_sent_back_in_a_form(templates: Environment) -> None:
    macros = templates.from_string(
        '{% from "components/form.html" import field %}{{ field("p", "P", v, type="password") }}'
    )
    assert "kora-7-bryza" not in macros.render(v="kora-7-bryza")


@pytest.mark.parametrize(
    ("balance", "said"),
    [("12.30", "do zapłaty"), ("-12.30", "nadpłata"), ("0.00", "wszystko zapłacone")],
)
def test_the_bottom_bar_says_the_balance_in_words_and_without_a_sign(site: Site, balance: str, said: str) -> None:
    html = bill_list(site, samples.by_customer(balance=balance))
    bar = html[html.index('<aside class="balance-bar"') :]
    assert said in bar
    assert "\u2212" not in bar


def tokens(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", CSS, flags=re.DOTALL)[:2]
    named = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", light))
    return named | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", dark)) if scheme == "dark" else named


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    pairs = [digits[at : at + 2] for at in (0, 2, 4)] if len(digits) == 6 else [digit * 2 for digit in digits]
    parts = [int(pair, 16) / 255 for pair in pairs]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast ratio of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


TEXT_PAIRS = [
    *[(text, ground) for text in ("ink", "ink-soft", "accent", "error") for ground in ("ground", "paper")],
    *[("ink", f"{kind}-ground") for kind in ("accent", "success", "warn", "error")],
    *[(kind, f"{kind}-ground") for kind in ("accent", "success", "warn", "error")],
    *[("accent", "accent-ground"), ("accent-strong", "accent-ground"), ("success", "paper"), ("warn", "paper")],
    *[("on-accent", "accent"), ("on-accent", "accent-strong"), ("on-error", "error"), ("paper", "ink")],
    *[(text, ground) for text in ("on-masthead", "on-masthead-soft") for ground in ("masthead", "office")],
]
SHAPE_PAIRS = [
    *[("line-strong", "paper"), ("line-strong", "ground"), ("focus", "ground"), ("focus", "paper")],
    *[("series-now", "paper"), ("series-before", "paper")],
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_the_contrast_of_wcag_aa(scheme: str) -> None:
    named = tokens(scheme)
    weak = [
        (one, other, round(contrast(named[one], named[other]), 2))
        for pairs, least in ((TEXT_PAIRS, 4.5), (SHAPE_PAIRS, 3.0))
        for one, other in pairs
        if contrast(named[one], named[other]) < least
    ]
    assert not weak


@pytest.fixture
def compiled() -> Callable[..., str]:
    """Renders a text as a template of ours with some values."""
    return lambda text, **values: environment("pl").from_string(text).render(**values)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("<b>&'\"", "&lt;b&gt;&amp;&#39;&#34;"),
        (Markup("<b>"), "<b>"),
        (Decimal("1.50"), "1.50"),
        (None, "None"),
        (Path("<x>"), "&lt;x&gt;"),
    ],
)
def test_a_template_writes_every_value_safe_within_html(
    compiled: Callable[..., str], value: object, written: str
) -> None:
    assert compiled("{{ value }}", value=value) == written
    assert compiled("{% macro m(v) %}{{ v }}{% endmacro %}{{ m(value) }}", value=value) == written


def test_a_template_that_asks_for_what_a_view_does_not_have_fails(compiled: Callable[..., str]) -> None:
    with pytest.raises(AttributeError, match="numbr"):
        compiled("{{ bill.numbr }}", bill=bills.BILLS[0])
    with pytest.raises(UndefinedError, match="bill"):
        compiled("{{ bill }}")


def test_a_macro_takes_values_by_place_and_by_name_and_knows_its_defaults(compiled: Callable[..., str]) -> None:
    macro = "{% macro m(a, b=1, c='c') %}{{ a }}{{ b }}{{ c }}{% endmacro %}"
    assert compiled(macro + "{{ m(0) }} {{ m(0, c=2) }} {{ m(0, 3, 4) }} {{ m(b=5, a=6) }}") == "01c 012 034 65c"
    for wrong in ("m(1, 2, 3, 4)", "m(1, d=2)", "m(1, a=2)"):
        with pytest.raises(TypeError, match="a macro of a, b, c was called with"):
            compiled(macro + "{{ " + wrong + " }}")


def test_a_macro_may_be_called_with_a_block(compiled: Callable[..., str]) -> None:
    macro = "{% macro m(a) %}<{{ a }}>{{ caller() }}{% endmacro %}"
    assert compiled(macro + "{% call m('x') %}{{ '<' }}{% endcall %}") == "<x>&lt;"


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_a_filter_whose_figures_are_not_escaped_takes_no_text(compiled: Callable[..., str], name: str) -> None:
    with pytest.raises((AttributeError, TypeError, ValueError, InvalidOperation)):
        compiled("{{ value|" + name + " }}", value="<b>")


def test_the_style_guide_shows_every_component(templates: Environment) -> None:
    trees = {name: templates.parse(source(name)) for name in TEMPLATES if name.startswith("components/")}
    inside = {
        macro.name: {call.node.name for call in macro.find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
        for tree in trees.values()
        for macro in tree.find_all(nodes.Macro)
        if not macro.name.startswith("_")
    }
    shown = guide_components(templates)
    while more := set().union(*(inside.get(name, set()) for name in shown)) - shown:
        shown |= more
    assert set(inside) - shown == set(), "show it in gateway/styleguide"


def guide_components(templates: Environment) -> set[str]:
    """The macros that the style guide calls, under their own names."""
    tree = templates.parse(source("styleguide/index.html"))
    own = {}
    for imported in tree.find_all(nodes.FromImport):
        for name in imported.names:
            own.update({name: name} if isinstance(name, str) else {name[1]: name[0]})
    called = {call.node.name for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
    return {own[name] for name in called if name in own}
