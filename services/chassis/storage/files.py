"""The object store: a folder locally, S3 in production. Files never travel through the broker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from obstore.store import ObjectStore, from_url

from services.chassis.settings import Settings

SECONDS = 10.0
"""How long anybody waits for one file, to be brought or to be stored; the store's own client goes on for minutes."""


class FileLate(TimeoutError):
    """The object store did not answer within `SECONDS`; later it may, so the same is worth another try."""


def open_store(settings: Settings) -> ObjectStore:
    """The store at `settings.files_url`; a local folder is made when it is not there."""
    if settings.files_url.startswith("file://"):
        return from_url(settings.files_url, mkdir=True)
    return from_url(settings.files_url)


async def put(store: ObjectStore, key: str, content: bytes) -> None:
    """Store `content` under `key`, replacing what was there; `FileLate` when it is not known to be there in time."""
    async with _in_time(key):
        await store.put_async(key, content)


async def get(store: ObjectStore, key: str) -> bytes:
    """The content under `key`; `FileNotFoundError` when there is none, `FileLate` when it does not come in time."""
    async with _in_time(key):
        result = await store.get_async(key)
        return bytes(await result.bytes_async())


@asynccontextmanager
async def _in_time(key: str) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(SECONDS):
            yield
    except TimeoutError as error:
        raise FileLate(f"{key}: the object store has not answered for {SECONDS:g} s") from error
