"""Typesetters: foreign code in processes of its own, which may end, hang or be killed without harm to the service."""

import asyncio
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from pypdf import PdfReader

from services.billing.documents import typesetters
from services.billing.documents.typesetters import TypesetterAway, Typesetters
from services.chassis.errors import Permanent

TEMPLATE = """
#let invoice = json(bytes(sys.inputs.invoice))
#set document(title: "Faktura")
#set text(lang: "pl")
#invoice.number
"""
FOR_EVER = "#let x = 0\n#for a in range(30000) { for b in range(30000) { x = calc.rem(a * b, 7) } }"


@pytest.fixture
async def makers() -> AsyncIterator[Typesetters]:
    found = Typesetters(2)
    yield found
    await found.rest()


def processes() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if any("typesetting" in part for part in child.cmdline())]


def text(pdf: bytes) -> str:
    return PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


async def test_invoices_are_made_side_by_side_each_with_its_own_texts(makers: Typesetters) -> None:
    numbers = [f"FV/{n}" for n in range(20)]
    made = await asyncio.gather(*(makers.typeset(TEMPLATE, {"number": number}) for number in numbers))
    assert [text(pdf) for pdf in made] == numbers
    assert len(processes()) == 2


async def test_a_template_at_fault_is_told_and_the_same_process_makes_the_next(makers: Typesetters) -> None:
    with pytest.raises(Permanent, match="pyta o pole number, którego faktura nie ma"):
        await makers.typeset(TEMPLATE, {})
    (process,) = processes()
    assert text(await makers.typeset(TEMPLATE, {"number": "FV/1"})) == "FV/1"
    assert processes() == [process]


async def test_a_letter_that_the_font_has_not_is_replaced(makers: Typesetters) -> None:
    assert text(await makers.typeset(TEMPLATE, {"number": "FV/\N{CUNEIFORM SIGN A}"})) == "FV/\N{WHITE SQUARE}"


async def test_a_process_that_is_killed_costs_no_invoice(makers: Typesetters) -> None:
    await makers.typeset(TEMPLATE, {"number": "FV/1"})
    (process,) = processes()
    process.kill()
    assert text(await makers.typeset(TEMPLATE, {"number": "FV/2"})) == "FV/2"


async def test_an_invoice_that_no_process_survives_is_given_up_and_harms_no_other(
    makers: Typesetters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetters, "SECONDS", 1.0)
    with pytest.raises(Permanent, match="kończy się przy tej fakturze"):
        await makers.typeset(FOR_EVER, {})
    assert text(await makers.typeset(TEMPLATE, {"number": "FV/1"})) == "FV/1"


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("raise SystemExit(1)", id="does not start"),
        pytest.param("print('ready', flush=True); input()", id="ends at each invoice"),
        pytest.param("print('ready', flush=True); print(input())", id="says what nobody understands"),
    ],
)
async def test_that_nothing_can_be_made_is_no_fault_of_an_invoice(
    makers: Typesetters, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    with monkeypatch.context() as fault:
        fault.setattr(typesetters, "_PROGRAM", ("-c", program))
        with pytest.raises(TypesetterAway):
            await makers.typeset(TEMPLATE, {"number": "FV/1"})
    assert text(await makers.typeset(TEMPLATE, {"number": "FV/1"})) == "FV/1"


async def test_typesetters_that_rest_are_gone_and_come_again(makers: Typesetters) -> None:
    await makers.typeset(TEMPLATE, {"number": "FV/1"})
    await makers.rest()
    assert processes() == []
    assert text(await makers.typeset(TEMPLATE, {"number": "FV/2"})) == "FV/2"


async def test_a_typesetter_knows_no_setting_of_the_service(
    makers: Typesetters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EBOK_SECRET", "a secret of the service")
    await makers.typeset(TEMPLATE, {"number": "FV/1"})
    (process,) = processes()
    assert [name for name in process.environ() if name.startswith("EBOK")] == []


def test_a_typesetter_ends_with_the_service_that_started_it_and_not_by_ctrl_c(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "services.billing.documents.typesetting"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        request = {"template": TEMPLATE, "texts": {"number": "FV/1"}}
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        assert process.stdout.readline() == typesetters.READY
        assert json.loads(process.stdout.readline())["replaced"] == []
        os.kill(process.pid, signal.SIGINT)
        process.stdin.close()  # as when the service is killed
        process.stdout.read()
        assert process.wait(10) == 0
