"""Static files with their cache headers."""

import os

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOREVER = "public, max-age=31536000, immutable"


class Static(StaticFiles):
    """Vendored files and links that carry a version may be kept for ever; the rest is asked about
    each time, which costs one short answer.
    """

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Answer with the file and its Cache-Control."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        versioned = b"v=" in scope["query_string"] or "/vendor/" in scope["path"]
        response.headers["Cache-Control"] = FOREVER if versioned else "no-cache"
        return response
