"""Files that pages load: the product's and the utility's own."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from gateway.web.assets import asset_at
from gateway.web.site import Site

FOR_EVER = "public, max-age=31536000, immutable"


@get("/static/{name:str}")
async def static_file(request: Request[Any, Any, Any], site: Site, name: str) -> Response[bytes]:
    """A file under the address that holds its hash, compressed for whoever can read it so."""
    asset = asset_at(f"/static/{name}") or site.looks.asset_at(f"/static/{name}")
    if asset is None:
        raise NotFoundException
    headers = {"cache-control": FOR_EVER, "vary": "accept-encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(asset.content, media_type=asset.media_type, headers=headers)
    return Response(asset.gzipped, media_type=asset.media_type, headers={**headers, "content-encoding": "gzip"})
