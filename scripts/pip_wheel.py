"""Fetch pip itself, for a Python that comes without it: `pip_wheel.py FOLDER` prints the path of the wheel.

A wheel of pip runs as it is: `python pip-….whl/pip install …`. The index is PIP_INDEX_URL, else UV_DEFAULT_INDEX,
else PyPI.
"""

import hashlib
import os
import re
import sys
import urllib.parse
import urllib.request
from pathlib import Path

LINK = re.compile(r'<a[^>]*href="([^"#]*/pip-(\d+(?:\.\d+)*)-py3-none-any\.whl)#sha256=([0-9a-f]{64})"([^>]*)>')


def fetch(url: str) -> bytes:
    """The bytes at `url`."""
    request = urllib.request.Request(url, headers={"Accept": "text/html"})  # noqa: S310 - the user's own index
    with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310
        content: bytes = reply.read()
    return content


def newest(page: str) -> tuple[str, str]:
    """Address and SHA-256 of the newest wheel that an index page lists and has not withdrawn."""
    links = [link for link in LINK.findall(page) if "data-yanked" not in link[3]]
    if not links:
        sys.exit("The package index lists no wheel of pip. Install uv or pip, then try again.")
    address, _, digest, _ = max(links, key=lambda link: tuple(int(part) for part in link[1].split(".")))
    return address, digest


def main(folder: Path) -> None:
    """Fetch, check and keep the wheel; print where it is."""
    index = os.environ.get("PIP_INDEX_URL") or os.environ.get("UV_DEFAULT_INDEX") or "https://pypi.org/simple"
    project = f"{index.rstrip('/')}/pip/"
    address, digest = newest(fetch(project).decode())
    wheel = fetch(urllib.parse.urljoin(project, address))
    if hashlib.sha256(wheel).hexdigest() != digest:
        sys.exit("The wheel of pip that came is not the one that the package index lists. Try again.")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / address.rsplit("/", 1)[-1]
    path.write_bytes(wheel)
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
