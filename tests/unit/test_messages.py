"""The catalogues of the other languages, of pages and of mails."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from babel.messages.catalog import Message

from contracts.message import Language
from gateway.messages import CATALOGUES as OF_PAGES
from services.chassis.catalogues import NAMES
from services.chassis.translating import CODES, Catalogues
from services.correspondence.messages import CATALOGUES as OF_MAILS

SAME_EVERYWHERE = {"NIP", "REGON"}
"""Names of Polish registers; they stand on Polish papers and have no other name."""
SAME_IN_ENGLISH = {"VAT", "Menu"}
OTHER_WORDS = {
    "en": r"(?<!\{)\b(identifier|[Ll]ogin or|start page|present password|contract|these data)\b",
    "uk": r"\b[Зз]аяв[ауиоі]\b|\bпоказ(у|ів|ник)?\b|рахунка-фактури|\b[Бб]юро\b|Уведіть|Впишіть|Вкажіть|умови корист",
}
"""Words for things that have another one here: customer ID, user name, home page; заявка, показання, офіс."""
POLISH_LETTER = "[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]"


each_catalogue = pytest.mark.parametrize(
    ("of", "code"), [(of, code) for of in (OF_PAGES, OF_MAILS) for code in CODES],
    ids=lambda value: value if isinstance(value, str) else value.package,
)  # fmt: skip


def entries(of: Catalogues, code: str) -> list[Message]:
    return [message for message in of.read(code) if message.id]


def test_every_language_that_a_utility_may_offer_has_a_name_and_a_catalogue() -> None:
    assert set(NAMES) == set(get_args(Language))
    for of in (OF_PAGES, OF_MAILS):
        assert {file.stem for file in of.folder.glob("*.po")} == set(CODES) == set(NAMES) - {"pl"}


@each_catalogue
def test_a_catalogue_holds_the_texts_that_are_said_and_no_others(of: Catalogues, code: str) -> None:
    assert {message.id for message in entries(of, code)} == set(of.texts())
    assert (of.folder / f"{code}.po").read_text(encoding="utf-8") == of.renewed(code), "run: make messages"


@each_catalogue
def test_every_text_is_translated(of: Catalogues, code: str) -> None:
    assert of.untranslated(code) == []


@each_catalogue
def test_a_translation_is_in_its_own_language(of: Catalogues, code: str) -> None:
    texts_of_it = {message.id for message in entries(of, code)}
    same = texts_of_it & (SAME_EVERYWHERE | SAME_IN_ENGLISH if code == "en" else SAME_EVERYWHERE)
    untouched = {message.id for message in entries(of, code) if message.string == message.id}
    assert untouched == same, "another word is needed, or the text is the same in both languages: name it in SAME_…"
    own = r"[А-Яа-яЄєІіЇїҐґ]" if code == "uk" else r"[A-Za-z]"
    foreign = rf"{POLISH_LETTER}|[ЫыЭэЪъЁё]" if code == "uk" else r"[^\W\d_a-zA-Z]"
    # The Polish word for a housing community stands beside its translation: agreements and invoices name it so.
    texts = [str(message.string).replace("wspólnota", "") for message in entries(of, code) if message.id not in same]
    assert [text for text in texts if not re.search(own, text) or re.search(foreign, text)] == []


@each_catalogue
def test_a_translation_has_one_word_for_one_thing(of: Catalogues, code: str) -> None:
    assert [str(each.string) for each in entries(of, code) if re.search(OTHER_WORDS[code], str(each.string))] == []


@each_catalogue
def test_a_translation_keeps_the_placeholders(of: Catalogues, code: str) -> None:
    def placeholders(text: Any) -> set[str]:
        return set(re.findall(r"%(?:\(\w+\))?.", str(text)))

    assert [
        message.id for message in entries(of, code) if placeholders(message.id) != placeholders(message.string)
    ] == []


@each_catalogue
def test_a_translation_ends_as_the_text_does(of: Catalogues, code: str) -> None:
    ordinal = "Cyfra %(place)s."  # Polish alone writes an ordinal with a full stop
    marks = {str(message.id): str(message.string) for message in entries(of, code) if str(message.id)[-1] in ".:?,"}
    assert {text for text, translation in marks.items() if translation[-1] != text[-1]} <= {ordinal}


MODULES = sorted(
    module
    for name in ("public", "customer", "office", "passwords")
    for module in OF_PAGES.root.glob(f"[!w]*/{name}.py")
)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: f"{module.parent.name}/{module.stem}")
def test_a_text_of_a_page_is_marked_for_the_translators(module: Path) -> None:
    unmarked = [
        text
        for text, place in texts_of(module)
        if place != "N_" and (place in ("_", "translate") or re.search(rf"{POLISH_LETTER}|[a-z] [a-z]", text))
    ]
    assert unmarked == [], "put it into N_()"


def texts_of(module: Path) -> Iterator[tuple[str, str]]:
    """Each text of a module but its docstrings, with the name of the function that takes it, if one does."""
    for parent in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        function = getattr(parent, "func", None)
        place = getattr(function, "id", "") or getattr(function, "attr", "")
        for child in ast.iter_child_nodes(parent):
            if isinstance(child, ast.Constant) and isinstance(child.value, str) and not isinstance(parent, ast.Expr):
                yield child.value, place


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(OF_PAGES.folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(OF_PAGES, "folder", tmp_path)
    return tmp_path


def test_a_new_text_comes_in_untranslated_and_one_that_no_page_says_goes_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    english = folder / "en.po"
    english.write_text(english.read_text(encoding="utf-8").replace('msgid "Licznik"', 'msgid "Wodomierz"'), "utf-8")

    assert OF_PAGES.main(["--check"]) == 1
    assert "en.po is out of date; run: make messages" in capsys.readouterr().err

    assert OF_PAGES.main([]) == 0
    ids = {message.id: message.string for message in entries(OF_PAGES, "en")}
    assert ids["Licznik"] == ""
    assert "Wodomierz" not in ids
    assert ids["Ostatni odczyt"] == "Last reading"

    capsys.readouterr()
    assert OF_PAGES.main(["--check"]) == 1
    assert capsys.readouterr().err == "gateway/locale/en.po: not translated: Licznik\n"


def test_a_translation_that_a_tool_only_guessed_counts_as_missing(folder: Path) -> None:
    ukrainian = folder / "uk.po"
    ukrainian.write_text(ukrainian.read_text("utf-8").replace('msgid "Licznik"', '#, fuzzy\nmsgid "Licznik"'), "utf-8")
    assert OF_PAGES.untranslated("uk") == ["Licznik"]


def test_catalogues_that_are_in_step_are_left_as_they_are(folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert OF_PAGES.main([]) == 0
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert OF_PAGES.main(["--check"]) == 0
