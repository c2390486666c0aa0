"""A logo as a data URI: a picture that is in the page and can run nothing."""

from base64 import b64encode
from pathlib import Path
from typing import Final

from geoevents.errors import SettingsError

#: A logo larger than this has no place in a page of under a megabyte.
MAX_BYTES: Final = 200_000

#: how a picture begins → its media type; an SVG shown by an ``img`` element runs no script
_SIGNATURES: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)


def logo_uri(path: Path) -> str:
    """Read a PNG, JPEG, GIF, WebP or SVG file as a data URI.

    Raises
    ------
    SettingsError
        If the file cannot be read, is too large or is no such picture.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"cannot read logo {path}: {error.strerror or error}") from error
    if len(data) > MAX_BYTES:
        raise SettingsError(f"logo {path} has {len(data):,} bytes; at most {MAX_BYTES:,} fit into the page")
    return f"data:{_media_type(path, data)};base64,{b64encode(data).decode('ascii')}"


def _media_type(path: Path, data: bytes) -> str:
    for signature, media_type in _SIGNATURES:
        if data.startswith(signature):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if b"<svg" in data[:1000]:
        return "image/svg+xml"
    raise SettingsError(f"logo {path} is no PNG, JPEG, GIF, WebP or SVG picture")
