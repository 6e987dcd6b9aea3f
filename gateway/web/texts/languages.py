"""Languages of the pages: Polish stands in the code, the others in `locale/<code>.po`."""

from functools import cache, lru_cache
from operator import itemgetter

from services.chassis import catalogues
from services.chassis.catalogues import Catalogue
from services.chassis.unbroken import unbroken


@lru_cache(maxsize=256)
@lru_cache(maxsize=256)
def preferred(accept_language: str, offered: tuple[str, ...], default: str) -> str:
    """Of the languages `offered`, the one that a browser's Accept-Language wants most; `default` when it wants none."""
    wanted = sorted(filter(None, map(_wish, accept_language[:200].split(","))), key=itemgetter(0), reverse=True)
    return next((code for _, code in wanted if code in offered), default)


def _wish(part: str) -> tuple[float, str] | None:
    language, _, weight = part.partition(";")
    try:
        quality = float(weight.partition("q=")[2] or 1)
    except ValueError:
        return None
    return (quality, language.strip().partition("-")[0].lower()) if quality > 0 else None


def N_(message: str) -> str:  # noqa: N802 (the name that translators' tools look for)
    """Mark a constant as a text to translate; it stays Polish until a page translates it for its visit."""
    return message


@cache
def catalogue(code: str) -> Catalogue:
    """The catalogue of the language `code`, each text of it `unbroken`, as all of them go into HTML."""
    return catalogues.read("gateway", code, unbroken)
