"""Terms of use that a utility writes in HTML: what goes with the page around them, and what is refused at the field."""

import re
import shutil
from pathlib import Path

import pytest

from deploy.profiles import PROFILES, load_profile
from services.chassis.profile import fragments
from services.chassis.profile.reading import ProfileError
from services.chassis.translating import CODES
from services.identity.profile import Registration

GOOD = """\
<p>Regulamin <strong>eBOK</strong>: opłata &lt; 5&nbsp;zł &amp; VAT.<br>Zob.
<a href="https://wodnik.example/x?a=1&amp;b=2">stronę</a>, <a href="/contact">kontakt</a>,
<a href="mailto:bok@wodnik.example">e-mail</a> albo
<a href="tel:+48992003000">telefon</a>.</p>
<h2>1. Dla kogo</h2>
<h3>1.1. Klienci</h3>
<ol start="2" type="a"><li>Jeden<ul><li><p>m<sup>3</sup></p></li></ul></li><li>Dwa</li></ol>
<dl><dt>GJ</dt><dd>gigadżul</dd></dl>
<table><caption>Terminy</caption><thead><tr><th scope="col">Co</th><th scope="col">Ile</th></tr></thead>
<tbody><tr><td colspan="2">14 <em>dni</em></td></tr></tbody></table>
Tekst bez akapitu.
"""


def test_headings_paragraphs_lists_tables_links_and_emphasis_may_be_used() -> None:
    assert fragments.checked(GOOD) == GOOD


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<h1>Regulamin</h1>", "line 1: <h1> may not be used: the page has its heading already; begin the parts with"),
        ("<p>a</p>\n<script>alert(1)</script>", "line 2: <script> may not be used: the page runs no script"),
        ("<STYLE>p { color: red }</STYLE>", "line 1: <style> may not be used: the page gives the text its looks"),
        ("<html><body><p>a</p></body></html>", "<html> may not be used: the page is there already"),
        ("<!DOCTYPE html><p>a</p>", "<!DOCTYPE html> may not be used"),
        ("<p>a</p><!-- do sprawdzenia -->", "a comment (<!-- … -->) may not be used"),
        ("<p>a</p><!-- do sprawdzenia", "a tag does not end: close it with >"),
        ("<![CDATA[a]]>", "<![CDATA[a]> may not be used"),
        ("<?php echo 1 ?>", "<?php echo 1 ?> may not be used"),
        ('<img src="https://wodnik.example/a.png">', "<img> may not be used: there may be a, b, br, caption, dd, dl,"),
        ("<div>a</div>", "<div> may not be used: leave the tags out and keep the text"),
        ("<regulamin>a</regulamin>", "<regulamin> may not be used: there may be a, b,"),
        ('<form action="/login">a</form>', "<form> may not be used"),
        ('<p onclick="alert(1)">a</p>', "<p> may not have onclick: leave it out"),
        ('<p style="color: red">a</p>', "<p> may not have style: leave it out"),
        ('<h2 id="content">a</h2>', "<h2> may not have id: leave it out"),
        ('<p><a href="/x" target="_blank">a</a></p>', "<a> may not have target: it may have href only"),
        ('<a href="javascript:alert(1)">a</a>', "the link 'javascript:alert(1)' leads nowhere: begin it with https://"),
        ('<a href="//wodnik.example">a</a>', "the link '//wodnik.example' leads nowhere"),
        ('<a href="www.wodnik.example">a</a>', "the link 'www.wodnik.example' leads nowhere"),
        ("<p>a\n<p>b</p>", "line 2: <p> cannot stand inside <p>: close that with </p> first"),
        ("<ol>\n<li>a\n<li>b</ol>", "line 3: <li> cannot stand inside <li>: close that with </li> first"),
        ("<p>a</p>\n<p>b\n\n", "line 2: <p> is not closed: write </p> where it ends"),
        ("<p/>a", "<p> is not closed"),
        ("<p><b>a</p></b>", "</p> stands where <b> of line 1 is open: write </b> before it"),
        ("<p>a</p></div>", "</div> closes nothing: leave it out"),
        ("<p><ul><li>a</li></ul></p>", "<ul> cannot stand inside <p>"),
        ("<ul>a</ul>", "text stands right inside <ul>: put it into <li>"),
        ("<li>a</li>", "<li> cannot stand by itself"),
        ('<a href="/a"><b><a href="/b">a</a></b></a>', "<a> cannot stand inside <a>"),
        ("<h3>a</h3>", "<h3> stands before any <h2>"),
        ("<p>zużycie < 5 m3</p>", "a bare < stands in the text: write &lt; for the sign"),
        ("<p>a</p><p", "a tag does not end: close it with >"),
        ('<p>a</p><a href="/a>b</a>', "a tag does not end: close it with >"),
    ],
)
def test_what_does_not_go_with_the_page_is_refused_with_line_and_what_to_do(html: str, told: str) -> None:
    with pytest.raises(ValueError, match=r"^line \d+: ") as refusal:
        fragments.checked(html)
    assert told in str(refusal.value)


def terms_in(folder: Path, content: bytes) -> str:
    """The path of a copy of the demo's profile with these terms."""
    shutil.copytree(str(PROFILES), folder / "profiles")
    (folder / "profiles" / "terms" / "demo.html").write_bytes(content)
    return str(folder / "profiles" / "demo.toml")


def test_terms_that_do_not_go_with_the_page_are_refused_at_their_field(tmp_path: Path) -> None:
    path = terms_in(tmp_path, b"<p>a</p>\n<h1>b</h1>")
    with pytest.raises(ProfileError) as refusal:
        load_profile(path)
    assert str(refusal.value).startswith(f"{path}: registration.terms: line 2: <h1> may not be used")


def test_terms_of_another_encoding_are_refused_with_what_to_do(tmp_path: Path) -> None:
    path = terms_in(tmp_path, "<p>Wodociągi</p>".encode("cp1250"))
    with pytest.raises(ProfileError) as refusal:
        load_profile(path)
    told = "registration.terms: terms/demo.html is not written in UTF-8: save it again as UTF-8"
    assert str(refusal.value) == f"{path}: {told}"


def test_a_translation_that_does_not_go_with_the_page_is_refused_at_its_language(tmp_path: Path) -> None:
    path = terms_in(tmp_path, b"<p>a</p>")
    (tmp_path / "profiles" / "terms" / "demo.uk.html").write_text("<h1>b</h1>", encoding="utf-8")
    with pytest.raises(ProfileError) as refusal:
        load_profile(path)
    assert str(refusal.value).startswith(f"{path}: registration.translated_terms.uk: line 1: <h1> may not be used")


def test_the_demo_s_terms_say_the_same_in_every_language() -> None:
    registration = load_profile("demo").of(Registration)
    texts = [registration.terms, *registration.translated_terms.values()]
    assert set(registration.translated_terms) == set(CODES)
    assert len({tuple(re.findall(r"<(\w+)|(\d+)", text)) for text in texts}) == 1, "the same parts and figures"
