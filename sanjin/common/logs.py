"""Log lines: one JSON object a line in production; personal data is masked before anything is written."""

import json
import logging
from datetime import UTC, datetime

from .masking import mask_personal
from .requests import current_request


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
            "message": mask_personal(record.getMessage()),
            "request": current_request.get().id,
        }
        if record.exc_info:
            line["traceback"] = mask_personal(self.formatException(record.exc_info))
        present = {key: value for key, value in line.items() if value}
        return json.dumps(present, ensure_ascii=False)
