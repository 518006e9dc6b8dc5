"""Hands out the built pocket: static files, exact headers, no cookie, nothing remembered."""

import json
from dataclasses import dataclass
from pathlib import Path

from leanto.host.origins import App, Receive, Scope, Send

BUILT = Path(__file__).parent.parent / "pocket_dist"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".wasm": "application/wasm",
    ".txt": "text/plain; charset=utf-8",
}
# A name with the file's own hash in it never changes its content.
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@dataclass(frozen=True, kw_only=True)
class PocketFile:
    """One file as it is sent: plain, and brotli where the build made it."""

    kind: str
    cache: str
    plain: bytes
    brotli: bytes | None


class PocketMissing(Exception):
    """The pocket was not built; the message says how to build it."""


def create_app(*, mailroom: str, desk: str, notifier: str, folder: Path = BUILT) -> App:
    """Serve the pocket for these origins, from memory; without a notifier its origin is empty.

    The page may speak to itself and to these, and to nobody else: the browser enforces it by the
    policy sent with every file.
    """
    files = _read(folder)
    files["/pocket.json"] = PocketFile(
        kind=TYPES[".json"],
        cache=ASK_AGAIN,
        plain=json.dumps({"mailroom": mailroom, "desk": desk, "notifier": notifier}).encode(),
        brotli=None,
    )
    fixed = _headers(mailroom, desk, notifier)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        file = files.get(_file_path(scope["path"]))
        if file is None:
            await _answer(send, scope, 404, fixed, files["/404.html"])
        elif scope["method"] not in {"GET", "HEAD"}:
            await _answer(send, scope, 405, fixed, files["/404.html"])
        else:
            await _answer(send, scope, 200, fixed, file)

    return app


def _read(folder: Path) -> dict[str, PocketFile]:
    if not (folder / "index.html").exists():
        raise PocketMissing("The pocket is not built. Run `make pocket`, or install the wheel.")
    return {
        f"/{path.relative_to(folder).as_posix()}": _pocket_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in TYPES
    }


def _pocket_file(path: Path) -> PocketFile:
    squeezed = path.with_name(path.name + ".br")
    return PocketFile(
        kind=TYPES[path.suffix],
        cache=FOREVER if "assets" in path.parts else ASK_AGAIN,
        plain=path.read_bytes(),
        brotli=squeezed.read_bytes() if squeezed.exists() else None,
    )


def _file_path(path: str) -> str:
    return path + "index.html" if path.endswith("/") else path


def _headers(mailroom: str, desk: str, notifier: str) -> list[tuple[bytes, bytes]]:
    line = mailroom.replace("http", "ws", 1)
    policy = "; ".join(
        [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "img-src 'self'",
            f"connect-src 'self' {mailroom} {line} {desk} {notifier}".rstrip(),
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types leanto-sw lit-html",
        ]
    )
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
        "vary": "accept-encoding",
    }
    return [(name.encode(), value.encode()) for name, value in headers.items()]


async def _answer(
    send: Send, scope: Scope, status: int, fixed: list[tuple[bytes, bytes]], file: PocketFile
) -> None:
    accepts = b",".join(value for name, value in scope["headers"] if name == b"accept-encoding")
    squeezed = file.brotli is not None and b"br" in accepts
    body = file.brotli if squeezed and file.brotli is not None else file.plain
    headers = [
        *fixed,
        (b"content-type", file.kind.encode()),
        (b"cache-control", file.cache.encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    if squeezed:
        headers.append((b"content-encoding", b"br"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
