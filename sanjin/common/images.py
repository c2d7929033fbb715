"""Uploaded pictures: recognised by content, bounded before they are opened, always re-encoded (threats.md, F08, F34)."""

from collections.abc import Sequence
from io import BytesIO
from threading import Lock
from typing import IO
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import ExifTags, Image, UnidentifiedImageError

from .errors import RuleError

MOST_PIXELS = 25_000_000  # a 481 KB PNG can hold 169 million
QUALITY = 90
# A file of 100 KB may be 200 MB when opened: what the threads of a process are sent at once is opened one after another.
_opening = Lock()
READ_ERRORS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)
# What EXIF says of how the camera was held, and how that is undone.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def reencode(
    file: IO[bytes],
    *,
    field: str,
    most_bytes: int,
    formats: Sequence[str] = ("JPEG", "PNG"),
    least: tuple[int, int] | None = None,
    shape: tuple[float, float] | None = None,
) -> ContentFile:
    """A fresh JPEG of what the file shows, without metadata, turned as the camera held it; its name is random.

    least: smallest width and height in pixels. shape: allowed range of width ÷ height. RuleError on `field`:
    `image_bytes`, `image_format`, `image_pixels`, `image_small`, `image_shape`.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size > most_bytes:
        raise _refuse(
            field, "bytes", f"有 {size / 2**20:.1f} MB，超过 {most_bytes / 2**20:g} MB。请压缩后再上传。"
        )
    try:
        picture = Image.open(file, formats=list(formats))  # reads the header only
        if picture.width * picture.height > MOST_PIXELS:
            raise _refuse(
                field, "pixels", f"有 {picture.width}×{picture.height} 像素，太大了。请缩小后再上传。"
            )
        with _opening:
            picture = _upright(picture)
            _check_shape(picture, field, least, shape)
            result = BytesIO()
            _flat(picture).save(result, "JPEG", quality=QUALITY, optimize=True)
    except READ_ERRORS:
        names = " 或 ".join("JPG" if name == "JPEG" else name for name in formats)
        raise _refuse(field, "format", f"不是可以打开的 {names} 图片。请用 {names} 格式另存后再上传。")
    return ContentFile(result.getvalue(), name=f"{uuid4().hex}.jpg")


def _upright(picture: Image.Image) -> Image.Image:
    """As the camera held it. EXIF that can't be read says nothing of that: the picture stays as it lies."""
    picture.load()
    try:
        turn = TURNS.get(picture.getexif().get(ExifTags.Base.Orientation))
    except Exception:  # its reader fails in as many ways as it can be spoiled
        return picture
    return picture if turn is None else picture.transpose(turn)


def _check_shape(
    picture: Image.Image, field: str, least: tuple[int, int] | None, shape: tuple[float, float] | None
) -> None:
    width, height = picture.size
    if least and (width < least[0] or height < least[1]):
        wanted = f"{least[0]}×{least[1]}"
        raise _refuse(field, "small", f"是 {width}×{height} 像素，至少应为 {wanted}。请换一张更清晰的。")
    if shape and not shape[0] <= width / height <= shape[1]:
        raise _refuse(
            field, "shape", f"宽高比例不对（{width}×{height}）。请裁剪成 2 寸证件照的比例（35×49 毫米）。"
        )


def _flat(picture: Image.Image) -> Image.Image:
    """Without transparency: white behind it."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture if picture.mode == "RGBA" else picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        return ground
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _refuse(field: str, kind: str, rest: str) -> RuleError:
    return RuleError(f"image_{kind}", f"图片{rest}", field=field)
