"""Nothing personal is written into a log."""

import json
import logging

import pytest

from sanjin.common.logs import JsonFormatter, LineFormatter
from sanjin.common.masking import mask_personal


def record(message: str, *args) -> logging.LogRecord:
    return logging.LogRecord("members", logging.WARNING, __file__, 1, message, args, None)


def test_id_numbers_and_phones_are_masked_in_both_formats():
    line = record("row %s: %s holds %s", 7, "14010519900101123X", "13812345678")
    for formatter in (LineFormatter(), JsonFormatter()):
        text = formatter.format(line)
        assert "1401**********123X" in text
        assert "138****5678" in text


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("+8613812345678", "+86138****5678"),
        ("8613812345678", "86138****5678"),
        ("138-1234-5678", "138****5678"),
        ("0351-5550100", "****00"),
        ("03515550100", "****00"),
        ("99001011234", "****34"),  # the end of an ID number, with which people log in (F30)
        ("9900101123X", "****3X"),
        ("140105900101123", "1401*******1123"),  # an ID number of 15 digits
    ],
)
def test_whatever_people_log_in_with_is_masked(written, masked):
    for around in ("{}", "账号{}不存在", 'KeyError: "{}"', "first\n{}\nlast"):
        assert mask_personal(around.format(written)) == around.format(masked)


@pytest.mark.parametrize(
    "text", ["2026-11-22T15:13:00.000123456", "0.12345678901", "0f1e2d3c4b5a03515550100f"]
)
def test_times_and_ids_stay_readable(text):
    assert mask_personal(text) == text


def test_numbers_that_are_neither_stay():
    assert mask_personal("id 12345678901, 2026112215200000 and 23812345678") == (
        "id 12345678901, 2026112215200000 and 23812345678"
    )


def test_json_line_has_a_time_with_zone_and_no_empty_fields():
    line = json.loads(JsonFormatter().format(record("started")))
    assert line["time"].endswith("+00:00")
    assert set(line) == {"time", "level", "logger", "message"}
