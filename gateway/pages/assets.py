"""Static files."""

from litestar import Response, get
from litestar.exceptions import NotFoundException

from gateway.assets import asset_at

FOR_EVER = "public, max-age=31536000, immutable"


@get("/static/{name:str}", opt={"exclude_from_csrf": True})
async def static_file(name: str) -> Response[bytes]:
    """A static file under the address that holds its hash."""
    asset = asset_at(f"/static/{name}")
    if asset is None:
        raise NotFoundException
    return Response(asset.content, media_type=asset.media_type, headers={"cache-control": FOR_EVER})
