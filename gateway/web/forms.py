"""What all forms share: how they arrive, their idempotency key, and a refusal's texts beside the fields."""

import secrets
from typing import Annotated
from urllib.parse import urlsplit

from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from contracts.reply import Rejected

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
"""The fields of a form that was sent."""


def new_key() -> str:
    """A key for a form that is shown for the first time; sending that form twice acts once."""
    return secrets.token_urlsafe(16)


def key_of(form: dict[str, str]) -> str:
    """The key that came with the form."""
    return form.get("idempotency_key") or new_key()


def field(form: dict[str, str], name: str) -> str:
    """The text of one field without blanks around it."""
    return form.get(name, "").strip()


def errors_of(rejected: Rejected) -> dict[str, str]:
    """The texts of a refusal by field; several of one field are joined."""
    errors: dict[str, str] = {}
    for error in rejected.errors:
        errors[error.field] = f"{errors[error.field]} {error.text}" if error.field in errors else error.text
    return errors


def see_other(path: str) -> Redirect:
    """After a form was carried out: look at `path` (303), so that reloading does not send the form again."""
    return Redirect(path, status_code=303)


def local_path(wanted: str, default: str) -> str:
    """`wanted` when it is a path of this site, else `default`: a link from outside must not lead elsewhere."""
    parts = urlsplit(wanted)
    inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return wanted if inside and wanted.isprintable() else default
