"""Files made for download, each behind an address nobody can guess."""

import secrets
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route


class Downloads:
    """Addresses of files and the names they are saved under; a file taken away is gone at its address too."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[Path, str]] = {}

    def offer(self, path: Path, name: str) -> str:
        """The address, relative to the page, at which `path` is fetched as `name`."""
        self._files = {token: each for token, each in self._files.items() if each[0].exists()}
        token = secrets.token_urlsafe(24)
        self._files[token] = (path, name)
        return f"wenshu/download/{token}"

    @property
    def route(self) -> Route:
        """Where the server answers those addresses."""
        return Route("/wenshu/download/{token}", self._send)

    async def _send(self, request: Request) -> FileResponse:
        path, name = self._files.get(request.path_params["token"], (None, ""))
        if path is None or not path.exists():
            raise HTTPException(404)
        return FileResponse(path, filename=name, media_type="text/csv; charset=utf-8")
