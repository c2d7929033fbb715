"""F10, F13: the code's text, and that nobody else can make one."""

import base64
from uuid import uuid4

import pytest
from django.utils import timezone

from meetings import codes
from sanjin.common import qr


@pytest.mark.promise("F13")
def test_text_begins_with_the_sentence_for_other_apps():
    for text in (codes.rotating_text(uuid4()), codes.printable_text(uuid4())):
        assert text.startswith("请在三晋先锋进行中的会议里扫码 ")


def test_code_is_read_back():
    meeting, now = uuid4(), timezone.now()
    assert codes.read(codes.rotating_text(meeting, now)) == codes.Code(meeting, codes.step_at(now))
    assert codes.read(f"  {codes.printable_text(meeting)}\n") == codes.Code(meeting, codes.PRINT)


def test_rotating_code_never_becomes_printable():
    """A screenshot of the rotating code can't be turned into the printable one: the step is signed."""
    text = codes.rotating_text(uuid4())
    head, token = text.split(" ")
    raw = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    raw[16:20] = bytes(4)
    assert codes.read(f"{head} {base64.urlsafe_b64encode(raw).decode().rstrip('=')}") is None


def test_old_key_reads_printed_sheets(settings):
    text, settings.SECRET_KEY_FALLBACKS = codes.printable_text(uuid4()), [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key"
    assert codes.read(text).printable
    settings.SECRET_KEY_FALLBACKS = []
    assert codes.read(text) is None


def test_drawing_is_self_contained():
    drawn = qr.svg(codes.printable_text(uuid4()), codes.LABEL)
    assert drawn.startswith("<svg") and drawn.endswith("</svg>")
    assert "style" not in drawn and "id=" not in drawn and len(drawn) < 12_000
