"""Uploaded pictures: turned as they were held, and nothing in them is an error of ours (threats.md, test 7)."""

import random
import subprocess
import sys
from io import BytesIO

import pytest
from PIL import ExifTags, Image

from sanjin.common.errors import RuleError
from sanjin.common.images import reencode

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

RED, BLUE = (200, 20, 20), (20, 20, 200)


def picture(kind: str = "JPEG", mode: str = "RGB", *, turn: int = 1, size=(40, 60)) -> bytes:
    """Red, with a blue corner at the top left as it lies in the file."""
    made, file, notes = Image.new("RGB", size, RED), BytesIO(), Image.Exif()
    made.paste(BLUE, (0, 0, size[0] // 2, size[1] // 2))
    notes[ExifTags.Base.Orientation] = turn
    notes[ExifTags.Base.XResolution] = (72, 1)
    made.convert(mode).save(file, kind, exif=notes)
    return file.getvalue()


def shown(contents: bytes) -> Image.Image:
    return Image.open(reencode(BytesIO(contents), field="photo", most_bytes=2**20))


def corner(image: Image.Image) -> str:
    """Where the blue is."""
    width, height = image.size
    at = {
        "top left": (0.2, 0.2),
        "top right": (0.8, 0.2),
        "bottom left": (0.2, 0.8),
        "bottom right": (0.8, 0.8),
    }
    pixels = {name: image.getpixel((int(x * width), int(y * height))) for name, (x, y) in at.items()}
    return next(name for name, (red, _, blue) in pixels.items() if blue > red)


@pytest.mark.parametrize(
    ("turn", "where", "size"),
    [
        (1, "top left", (40, 60)),
        (2, "top right", (40, 60)),
        (3, "bottom right", (40, 60)),
        (4, "bottom left", (40, 60)),
        (5, "top left", (60, 40)),
        (6, "top right", (60, 40)),
        (7, "bottom right", (60, 40)),
        (8, "bottom left", (60, 40)),
        (9, "top left", (40, 60)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_turned_as_the_camera_held_it(kind, turn, where, size):
    image = shown(picture(kind, turn=turn))
    assert (corner(image), image.size, dict(image.getexif())) == (where, size, {})


def test_what_is_transparent_becomes_white():
    file = BytesIO()
    Image.new("RGBA", (40, 60), (0, 0, 0, 0)).save(file, "PNG")
    assert shown(file.getvalue()).getpixel((20, 30)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_spoiled_exif_is_no_failure(kind):
    """Each byte of its notes in turn: the picture is taken, or refused with a sentence."""
    good = picture(kind, turn=6)
    start = good.index(b"Exif" if kind == "JPEG" else b"eXIf") + 4
    for at in range(start, start + 70):
        for byte in (0, 1, 3, 255):
            spoiled = bytearray(good)
            spoiled[at] = byte
            accept(bytes(spoiled))


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "P"), ("PNG", "RGBA")])
def test_a_spoiled_picture_is_no_failure(kind, mode):
    good, chance = picture(kind, mode, turn=6), random.Random(34)
    for _ in range(100):
        spoiled = bytearray(good)
        for _ in range(chance.choice((1, 2, 8))):
            spoiled[chance.randrange(min(len(spoiled), 400))] = chance.randrange(256)
        accept(bytes(spoiled))


def accept(contents: bytes) -> None:
    try:
        shown(contents)
    except RuleError as refused:
        assert refused.code.startswith("image_")


WIDE = """
import os, sys, threading
sys.path.insert(0, os.getcwd())
from io import BytesIO
from bench._memory import peak
from sanjin.common.images import reencode
contents = sys.stdin.buffer.read()
def open_it(): reencode(BytesIO(contents), field="photo", most_bytes=2**21)
threads = [threading.Thread(target=open_it) for _ in range(4)]
for each in threads: each.start()
for each in threads: each.join()
print(peak())
"""


def test_large_pictures_at_once_take_the_memory_of_one():
    file = BytesIO()
    Image.new("RGBA", (4000, 6000)).save(file, "PNG")
    assert len(file.getvalue()) < 200_000
    done = subprocess.run(
        [sys.executable, "-c", WIDE], input=file.getvalue(), capture_output=True, check=True
    )
    assert int(done.stdout) < 450
