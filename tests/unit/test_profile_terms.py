"""Terms of use that a utility writes in HTML: what goes with the page around them, and what is refused at the field."""

import re
import shutil
from pathlib import Path

import pytest

from deploy.profiles import PROFILES, load_profile, profile_names
from gateway.profile import Documents
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
        ("", "line 1: there is no text in the file: write it, or name another file"),
        (" \n<p> </p>\n", "line 1: there is no text in the file"),
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
    assert str(refusal.value).startswith(f"{path}: documents.terms.pl: line 2: <h1> may not be used")


def test_terms_of_another_encoding_are_refused_with_what_to_do(tmp_path: Path) -> None:
    path = terms_in(tmp_path, "<p>Wodociągi</p>".encode("cp1250"))
    with pytest.raises(ProfileError) as refusal:
        load_profile(path)
    told = "documents.terms.pl: terms/demo.html is not written in UTF-8: save it again as UTF-8"
    assert str(refusal.value) == f"{path}: {told}"


def test_a_translation_that_does_not_go_with_the_page_is_refused_at_its_language(tmp_path: Path) -> None:
    path = terms_in(tmp_path, b"<p>a</p>")
    (tmp_path / "profiles" / "terms" / "demo.uk.html").write_text("<h1>b</h1>", encoding="utf-8")
    with pytest.raises(ProfileError) as refusal:
        load_profile(path)
    assert str(refusal.value).startswith(f"{path}: documents.terms.uk: line 1: <h1> may not be used")


def test_a_place_that_no_setting_fills_is_refused_with_its_line_and_those_there_are(tmp_path: Path) -> None:
    path = terms_in(tmp_path, b"<p>{email}</p>\n<p>{mail}</p>")
    with pytest.raises(ProfileError) as refusal:
        load_profile(path)
    told = "line 2: nothing is known to fill {mail}: there are {address}, {changed_on}, "
    assert str(refusal.value).startswith(f"{path}: documents.terms.pl: {told}")


def test_a_place_inside_a_tag_is_refused_as_it_brings_its_own_link(tmp_path: Path) -> None:
    path = terms_in(tmp_path, b'<p><a href="mailto:{email}">a</a></p>')
    with pytest.raises(ProfileError, match=r"line 1: \{email\} stands inside a tag: it brings its own link"):
        load_profile(path)


def test_a_mark_of_accessibility_statements_may_stand_once() -> None:
    html = '<h2 id="a11y-kontakt">a</h2><p id="a11y-procedura">b</p>'
    assert fragments.checked(html) == html
    with pytest.raises(ValueError, match="line 2: the id a11y-kontakt stands twice"):
        fragments.checked(html + '\n<p id="a11y-kontakt">c</p>')


@pytest.mark.parametrize("name", profile_names())
@pytest.mark.parametrize("setting", ["terms", "accessibility", "privacy"])
def test_a_document_says_the_same_in_every_language_that_it_is_in(name: str, setting: str) -> None:
    texts = getattr(load_profile(name).of(Documents), setting)
    assert name != "demo" or set(texts) == {"pl", *CODES}
    assert len({tuple(re.findall(r"<(\w+)|(\d+)|(\{\w+\})", text)) for text in texts.values()}) == 1


@pytest.mark.parametrize("name", profile_names())
def test_no_terms_name_an_application_by_another_word(name: str) -> None:
    terms = load_profile(name).of(Documents).terms["pl"]
    assert "wniosek" in terms
    assert "zgłoszeni" not in terms
    assert "formularz" not in terms


def test_terms_promise_no_other_time_for_a_new_account_than_the_pages_do() -> None:
    for name in profile_names():
        profile = load_profile(name)
        hours = profile.of(Registration).access_within_hours
        told = re.search(r"(\d+) godzin", profile.of(Documents).terms["pl"])
        assert (int(told[1]) if told else 0) == hours, name


@pytest.mark.parametrize("name", profile_names())
def test_terms_promise_the_time_of_checking_that_the_pages_do_and_in_their_words(name: str) -> None:
    profile = load_profile(name)
    days = profile.of(Registration).verification_working_days
    promised = re.findall(r"[^.<>]*robocz\w*", profile.of(Documents).terms["pl"])
    assert all(f"najpóźniej w ciągu {days} dni roboczych" in " ".join(words.split()) for words in promised)
    assert promised or name != "demo"
