"""The object store: a folder locally, S3 in production. Files never travel through the broker."""

from obstore.store import ObjectStore, from_url

from services.chassis.settings import Settings


def open_store(settings: Settings) -> ObjectStore:
    """The store at `settings.files_url`; a local folder is made when it is not there."""
    if settings.files_url.startswith("file://"):
        return from_url(settings.files_url, mkdir=True)
    return from_url(settings.files_url)


async def put(store: ObjectStore, key: str, content: bytes) -> None:
    """Store `content` under `key`, replacing what was there."""
    await store.put_async(key, content)


async def get(store: ObjectStore, key: str) -> bytes:
    """The content under `key`; `FileNotFoundError` when there is none."""
    result = await store.get_async(key)
    return bytes(await result.bytes_async())
