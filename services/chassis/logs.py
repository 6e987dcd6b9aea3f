"""Structured logs: one JSON object a line, each with the correlation id of the work that it belongs to."""

import logging
import sys
import traceback

import structlog
from structlog.typing import ExcInfo

from services.chassis.errors import told
from services.chassis.settings import Settings


def configure_logs(settings: Settings, service: str) -> None:
    """Send structlog's and the libraries' records to standard output in one form."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_traceback),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty())
    )

    def name_service(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        event.setdefault("service", service)
        return event

    structlog.configure(
        processors=[*shared, name_service, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, name_service],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for chatty in ("aio_pika", "aiormq", "alembic", "faststream", "_granian"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _traceback(exc_info: ExcInfo) -> str:
    """Where it happened and why, without the values that an error's further lines hold (see `told`)."""
    return "\n".join(_lines(exc_info[1]))


def _lines(error: BaseException) -> list[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_lines(before), "which led to:"] if before is not None else []
    lines += [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
    lines.append(told(error))
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            lines += ["one of them:", *_lines(part)]
    return lines
