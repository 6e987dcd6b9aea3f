"""What a terminal is told of texts that come from files, messages and other programs."""

from rich.markup import escape

from services.chassis.texts import visible


def cell(text: str) -> str:
    """As `visible`, for a table or a console that reads `[red]` as a colour."""
    return escape(visible(text))
