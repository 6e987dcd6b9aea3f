"""How a file is given to a browser: what it is called, and that no proxy keeps it."""

import re
from urllib.parse import quote


def file_headers(name: str, *, shown: bool) -> dict[str, str]:
    """The headers of somebody's own file `name`, which the browser shows or, unless `shown`, puts away.

    The name is said as RFC 6266 has it, twice where ASCII has not all its signs.
    """
    plain = re.sub(r"[^ !#-~]", "_", name)
    said = f'filename="{plain}"' if plain == name else f"filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {
        "content-disposition": f"{'inline' if shown else 'attachment'}; {said}",
        "cache-control": "private, no-store",
    }
