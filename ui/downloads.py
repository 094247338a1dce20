"""Files made for download, each behind an address nobody can guess."""

import contextlib
import secrets
import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Iterable
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

PREFIX = "wenshu-downloads-"
STALE_SECONDS = 2 * 24 * 3600


class Downloads:
    """Files by their secret words, all in one folder that goes with the program. Safe to share between threads."""

    def __init__(self) -> None:
        _sweep(Path(tempfile.gettempdir()))
        self._lock = threading.Lock()
        self._names: dict[str, str] = {}
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def offer(self, secret: str, name: str, write: Callable[[Path], object]) -> str:
        """The address, relative to the page, at which what `write` writes is fetched as `name`.

        It takes the place of what the same secret offered before. Where `write` raises, nothing is left of its file.
        """
        self.folder.mkdir(mode=0o700, exist_ok=True)
        begun = self.folder / f"{secret}.{secrets.token_hex(4)}"
        try:
            write(begun)
            with self._lock:
                begun.replace(self._path(secret))
                self._names[secret] = name
        finally:
            begun.unlink(missing_ok=True)
        return f"wenshu/download/{secret}"

    def withdraw(self, secret_words: Iterable[str]) -> None:
        """Remove what these offered, if anything."""
        with self._lock:
            for secret in secret_words:
                if self._names.pop(secret, None) is not None:
                    self._path(secret).unlink(missing_ok=True)

    @property
    def route(self) -> Route:
        """Where the server answers those addresses."""
        return Route("/wenshu/download/{secret}", self._send)

    def _path(self, secret: str) -> Path:
        return self.folder / f"{secret}.csv"

    async def _send(self, request: Request) -> FileResponse:
        secret = request.path_params["secret"]
        name = self._names.get(secret)
        if name is None or not self._path(secret).exists():
            raise HTTPException(404)
        return FileResponse(self._path(secret), filename=name, media_type="text/csv; charset=utf-8")


def _sweep(parent: Path) -> None:
    """Remove what programs left that were killed; one that still runs makes its folder again where it has to."""
    for folder in parent.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(folder)
