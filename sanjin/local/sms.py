"""A gateway that speaks Aliyun's SendSms for the demo and the tests: it checks the signature and writes each message
to a log instead of sending it.

    with SmsServer(Path(".local/sms.log")) as sms: sms.url, sms.messages
"""

import hmac
import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl
from uuid import uuid4

from accounts.sms.aliyun import signature

SKEW = 15 * 60  # seconds that a timestamp may be off, as at the real one


class _Refused(Exception):
    pass


class _Handler(BaseHTTPRequestHandler):
    server: "SmsServer"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        try:
            message = self.server.accept(dict(parse_qsl(body, keep_blank_values=True)))
        except _Refused as refused:
            self._answer(400, {"Code": str(refused), "Message": str(refused), "RequestId": str(uuid4())})
        else:
            self._answer(
                200, {"Code": "OK", "Message": "OK", "BizId": message["id"], "RequestId": str(uuid4())}
            )

    def _answer(self, status: int, body: dict) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args) -> None:
        pass


class SmsServer(ThreadingHTTPServer):
    """On 127.0.0.1; `messages` are those accepted: {id, at, phone, text}."""

    daemon_threads = True
    KEY_ID, SECRET = "local", "local-secret"

    def __init__(self, log: Path, *, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.log = log
        self.messages: list[dict] = []
        self._nonces: set[str] = set()
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    @property
    def environment(self) -> dict[str, str]:
        """The settings that name this gateway."""
        return {
            "SMS_ENDPOINT": self.url,
            "SMS_ACCESS_KEY_ID": self.KEY_ID,
            "SMS_ACCESS_KEY_SECRET": self.SECRET,
            "SMS_TEMPLATE_CODE": "SMS_LOCAL",
        }

    def __enter__(self) -> "SmsServer":
        threading.Thread(target=self.serve_forever, name="sms", daemon=True).start()
        return self

    def __exit__(self, *_exc) -> None:
        self.shutdown()
        self.server_close()

    def accept(self, params: dict[str, str]) -> dict:
        """Check as the real one does; the message, or _Refused with the real one's error code."""
        given = params.pop("Signature", "")
        if params.get("AccessKeyId") != self.KEY_ID:
            raise _Refused("InvalidAccessKeyId.NotFound")
        if not hmac.compare_digest(given, signature("POST", params, self.SECRET)):
            raise _Refused("SignatureDoesNotMatch")
        if params.get("Action") != "SendSms" or params.get("Version") != "2017-05-25":
            raise _Refused("InvalidAction.NotFound")
        self._check_once(params)
        code = json.loads(params["TemplateParam"])["code"]
        message = {
            "id": uuid4().hex,
            "at": params["Timestamp"],
            "phone": params["PhoneNumbers"],
            "code": code,
            "text": f"【{params['SignName']}】验证码 {code}，10 分钟内有效。如非本人操作，请忽略。",
        }
        with self._lock:
            self.messages.append(message)
            with self.log.open("a") as log:
                log.write(f"{message['at']} {message['phone']} {message['text']}\n")
        return message

    def _check_once(self, params: dict[str, str]) -> None:
        at = datetime.strptime(params["Timestamp"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if abs((datetime.now(UTC) - at).total_seconds()) > SKEW:
            raise _Refused("InvalidTimeStamp.Expired")
        with self._lock:
            if params["SignatureNonce"] in self._nonces:
                raise _Refused("SignatureNonceUsed")
            self._nonces.add(params["SignatureNonce"])
