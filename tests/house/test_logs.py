"""Nothing personal is written into a log."""

import json
import logging

from sanjin.common.logs import JsonFormatter, LineFormatter, mask_personal


def record(message: str, *args) -> logging.LogRecord:
    return logging.LogRecord("members", logging.WARNING, __file__, 1, message, args, None)


def test_id_numbers_and_phones_are_masked_in_both_formats():
    line = record("row %s: %s holds %s", 7, "14010519900101123X", "13812345678")
    for formatter in (LineFormatter(), JsonFormatter()):
        text = formatter.format(line)
        assert "1401**********123X" in text
        assert "138****5678" in text


def test_numbers_that_are_neither_stay():
    assert mask_personal("id 12345678901, 2026112215200000 and 23812345678") == (
        "id 12345678901, 2026112215200000 and 23812345678"
    )


def test_json_line_has_a_time_with_zone_and_no_empty_fields():
    line = json.loads(JsonFormatter().format(record("started")))
    assert line["time"].endswith("+00:00")
    assert set(line) == {"time", "level", "logger", "message"}
