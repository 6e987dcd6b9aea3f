"""Who reads which message: the two guards over all services."""

from collections.abc import Iterable, Mapping, Sequence

from contracts.message import Event, Message
from services.chassis.messaging.topology import Part


def unread(parts: Iterable[Part], messages: Mapping[str, type[Message]]) -> set[str]:
    """The events that no service reads: each would stay in its owner's outbox for ever."""
    events = {name for name, model in messages.items() if issubclass(model, Event)}
    return events - {name for part in parts for name in part.consumes}


def left_behind(parts: Sequence[Part], messages: Mapping[str, type[Message]]) -> list[tuple[str, str]]:
    """Each service that reads a superseded event but not its successor, with the successor's type.

    It would hear nothing more when the owner begins to send the successor.
    """
    return [
        (part.name, model.superseded_by.message_type)
        for name, model in messages.items()
        if model.superseded_by
        for part in parts
        if name in part.consumes and model.superseded_by.message_type not in part.consumes
    ]
