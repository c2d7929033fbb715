"""Text messages: Aliyun's protocol against a gateway that checks what the real one checks; codes by SMS (F28)."""

import pytest
from rest_framework.test import APIClient

from accounts import sms
from accounts.sms.aliyun import AliyunGateway, signature
from members.models import ResetCode
from members.tasks import send_reset_code
from sanjin.local.sms import SmsServer
from tests.factories import member, organization

DEVICE = "d" * 32


@pytest.fixture
def gateway(tmp_path, settings):
    with SmsServer(tmp_path / "sms.log") as server:
        for name, value in server.environment.items():
            setattr(settings, name, value)
        yield server


@pytest.fixture
def person(db):
    branch = organization("第一支部", nature="branch", below=organization("太原市委"))
    return member(branch, phone="13812345678", password=None)


def post(path, **data):
    return APIClient().post(f"/api/v1/auth/{path}/", data, format="json")


def test_signature_is_the_one_of_aliyuns_published_example():
    params = {
        "AccessKeyId": "testId",
        "Timestamp": "2017-07-12T02:42:19Z",
        "SignatureMethod": "HMAC-SHA1",
        "SignatureVersion": "1.0",
        "SignatureNonce": "45e25e9b-0a6f-4070-8c85-2956eda1b466",
        "Format": "XML",
        "Action": "SendSms",
        "Version": "2017-05-25",
        "RegionId": "cn-hangzhou",
        "PhoneNumbers": "15300000001",
        "SignName": "阿里云短信测试专用",
        "TemplateParam": '{"customer":"test"}',
        "TemplateCode": "SMS_71390007",
        "OutId": "123",
    }
    assert signature("GET", params, "testSecret") == "zJDF+Lrzhj/ThnlvIToysFRq6t4="


def test_gateway_takes_a_signed_message_and_writes_it_to_its_log(gateway):
    sms.gateway().send_code("13812345678", "012345")
    assert [(m["phone"], m["code"]) for m in gateway.messages] == [("13812345678", "012345")]
    assert "【三晋先锋】验证码 012345" in gateway.log.read_text()


def test_gateway_refuses_a_wrong_secret(gateway):
    forged = AliyunGateway(gateway.url, gateway.KEY_ID, "guess", sign_name="三晋先锋", template="SMS_LOCAL")
    with pytest.raises(sms.SmsError) as refused:
        forged.send_code("13812345678", "012345")
    assert refused.value.code == "SignatureDoesNotMatch"
    assert gateway.messages == []


def test_a_gateway_that_is_away_is_an_sms_error(tmp_path):
    with SmsServer(tmp_path / "log") as server:
        url = server.url
    gone = AliyunGateway(url, "local", "local-secret", sign_name="三晋先锋", template="SMS_LOCAL")
    with pytest.raises(sms.SmsError) as refused:
        gone.send_code("13812345678", "012345")
    assert refused.value.code == "unreachable"


def test_keys_never_travel_over_plain_http_to_another_machine():
    with pytest.raises(ValueError, match="https"):
        AliyunGateway("http://sms.example/", "id", "secret", sign_name="三晋先锋", template="SMS_1")


@pytest.mark.promise("F28")
def test_first_login_by_sms(gateway, person):
    assert post("password/forgot", account="138 1234 5678").status_code == 202
    send_reset_code(person.pk)  # what the worker does when the bell rings
    code = gateway.messages[0]["code"]
    assert bytes(ResetCode.objects.get().code_hash) != code.encode()
    done = post("password/reset", account="13812345678", code=code, password="New-horse8", device=DEVICE)
    assert done.status_code == 200
    again = post("password/reset", account="13812345678", code=code, password="New-horse9", device=DEVICE)
    assert again.json()["code"] == "reset_failed"


@pytest.mark.parametrize("on", [True, False])
def test_forgot_answers_alike_for_an_unknown_account(gateway, person, settings, on):
    if not on:
        settings.SMS_ACCESS_KEY_ID = ""
    known, unknown = (
        post("password/forgot", account="13812345678"),
        post("password/forgot", account="13900000000"),
    )
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert ("支部管理员领取一次性口令" in known.json()["detail"]) and ("短信" in known.json()["detail"])


def test_forgot_is_throttled_alike_for_known_and_unknown(gateway, person):
    for account in ("13812345678", "13900000000"):
        assert post("password/forgot", account=account).status_code == 202
        assert post("password/forgot", account=account).json()["code"] == "throttled"


def test_an_unknown_account_rings_the_same_bell_and_nothing_is_sent(gateway, db):
    send_reset_code(0)
    assert gateway.messages == []


def test_the_worker_survives_a_gateway_that_refuses(gateway, person, settings):
    settings.SMS_ACCESS_KEY_SECRET = "wrong"
    send_reset_code(person.pk)
    assert gateway.messages == []
