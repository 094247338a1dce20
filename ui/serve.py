"""Serving the page on this machine, with nothing fetched from outside."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import gradio as gr
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from agent.analyst import Analyst
from ui.downloads import Downloads
from ui.figure import plotly_script
from ui.page import build
from ui.palette import SHADES
from warehouse.errors import AnalyticsError
from warehouse.text import Text

FOLDER = Path(__file__).parent
STYLE = '<link rel="stylesheet" href="wenshu/static/page.css">'  # linked, for Gradio rewrites the rules it is given
FONTS = ["system-ui", "-apple-system", "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
MONOSPACE = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace"]


def serve(
    analyst: Analyst,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    on_ready: Callable[[str], None] | None = None,
    block: bool = True,
) -> gr.Blocks:
    """Serve the page; `on_ready` is told its address once it answers.

    A port of 0 takes any free one; one that is taken raises `AnalyticsError`. With `block` it returns when the server
    ends, else at once: the caller closes it.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    _reach_directly("127.0.0.1", "localhost", host)
    downloads = Downloads()
    page = build(analyst, downloads)
    try:
        _, address, _ = page.launch(
            server_name=host,
            server_port=port or _free_port(host),
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            enable_monitoring=False,
            ssr_mode=False,
            _frontend=False,  # else three seconds of a busy machine are taken for an address that cannot be reached
            footer_links=[],
            theme=_theme(),
            head=STYLE,
            favicon_path=FOLDER / "static" / "icon.svg",
            app_kwargs={"routes": _routes(downloads)},
        )
    except OSError as error:
        raise _not_free(host, port) from error
    if on_ready is not None:
        on_ready(address)
    if block:
        page.block_thread()
    return page


def _reach_directly(*hosts: str) -> None:
    """Gradio asks its own address whether it answers; a proxy of the environment cannot know that address."""
    for name in ("NO_PROXY", "no_proxy"):
        known = [each for each in os.environ.get(name, "").split(",") if each]
        os.environ[name] = ",".join(dict.fromkeys([*known, *hosts]))


def _free_port(host: str) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _not_free(host: str, port: int) -> AnalyticsError:
    return AnalyticsError(
        Text(
            f"无法在 {host}:{port} 上启动页面：端口可能已被占用。",
            f"Cannot serve on {host}:{port}: is the port taken?",
        ),
        Text(f"换一个端口，例如加上 `--port {port + 1}`。", f"Take another port: add `--port {port + 1}`."),
    )


def _routes(downloads: Downloads) -> list[BaseRoute]:
    return [
        # Gradio's own takes files from anyone, and no part of this page sends any.
        Route("/gradio_api/upload", _no_upload, methods=["POST"]),
        Route("/wenshu/plotly.js", _plotly),
        downloads.route,
        Mount("/wenshu/static", StaticFiles(directory=FOLDER / "static")),
    ]


async def _no_upload(_: Request) -> Response:
    return Response(status_code=403)


async def _plotly(_: Request) -> FileResponse:
    return FileResponse(plotly_script(), media_type="text/javascript", headers={"Cache-Control": "max-age=86400"})


def _theme() -> gr.themes.Base:
    """Gradio's plainest theme in the page's colours, with the fonts that the visitor's system has."""
    light, dark = SHADES["light"], SHADES["dark"]
    return gr.themes.Base(font=FONTS, font_mono=MONOSPACE).set(
        body_background_fill=light.paper,
        body_background_fill_dark=dark.paper,
        body_text_color=light.ink,
        body_text_color_dark=dark.ink,
    )
