"""The object store: a folder locally, S3 in production. Files never travel through the broker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

from services.chassis.settings import Settings

SECONDS = 10.0
"""How long the store may take over one file; ours are a few hundred kilobytes."""


class StoreAway(Exception):
    """The store cannot be reached, is silent, or answers with a fault: nothing is known of the file."""


def open_store(settings: Settings) -> ObjectStore:
    """The store at `settings.files_url`; a local folder is made when it is not there."""
    if settings.files_url.startswith("file://"):
        return from_url(settings.files_url, mkdir=True)
    return from_url(settings.files_url)


async def put(store: ObjectStore, key: str, content: bytes) -> None:
    """Store `content` under `key`, replacing what was there. Raises `StoreAway`."""
    async with _answering():
        await store.put_async(key, content)


async def get(store: ObjectStore, key: str) -> bytes:
    """The content under `key`. Raises `FileNotFoundError` when there is none, and `StoreAway`."""
    async with _answering():
        result = await store.get_async(key)
        return bytes(await result.bytes_async())


@asynccontextmanager
async def _answering() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(SECONDS):
            yield
    except FileNotFoundError:
        raise
    except (OSError, BaseError) as error:
        raise StoreAway(f"{type(error).__name__}: {error}") from error
