"""Log lines: one JSON object a line in production; personal data is masked before anything is written."""

import json
import logging
import re
from datetime import UTC, datetime

from .masking import mask_id_number, mask_phone
from .requests import current_request

ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def mask_personal(text: str) -> str:
    """ID numbers and mobile numbers in `text`, masked as on the screen."""
    text = ID_NUMBER.sub(lambda match: mask_id_number(match[0]), text)
    return PHONE.sub(lambda match: mask_phone(match[0]), text)


class LineFormatter(logging.Formatter):
    """For a person's terminal."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return mask_personal(super().format(record))


class JsonFormatter(logging.Formatter):
    """For a log collector: time (UTC), level, logger, message, request id, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": current_request.get().id,
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        present = {key: value for key, value in line.items() if value}
        return mask_personal(json.dumps(present, ensure_ascii=False))
