"""Text messages: Aliyun's protocol against a gateway that checks what the real one checks; codes by SMS (F28)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import sms
from accounts.sms.aliyun import AliyunGateway, signature
from members.actions.code_requests import request_code, send_codes
from members.models import CodeRequest, ResetCode
from members.tasks import send_reset_codes, sweep
from sanjin.local.sms import SmsServer
from tests.factories import member, organization
from tests.threads import at_once

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
    send_reset_codes()  # what the worker does when the bell rings
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


def test_an_unknown_account_leaves_the_same_trace_and_nothing_is_sent(gateway, person, silent_bell):
    for account in ("13812345678", "13900000000"):
        with CaptureQueriesContext(connection) as queries:
            post("password/forgot", account=account)
        asked = [query["sql"].split()[0] for query in queries]
        assert CodeRequest.objects.count() == 1
        send_reset_codes()
        assert CodeRequest.objects.count() == 0
        if account == "13812345678":
            known = asked
    assert asked == known
    assert [message["phone"] for message in gateway.messages] == ["13812345678"]


@pytest.mark.promise("F28")
def test_a_code_whose_bell_is_lost_is_sent_by_the_sweep_and_only_once(gateway, person, silent_bell):
    post("password/forgot", account="13812345678")
    assert gateway.messages == []
    sweep()
    sweep()
    send_reset_codes()
    assert len(gateway.messages) == 1


def test_a_code_that_nobody_waits_for_any_more_is_not_sent(gateway, person, silent_bell):
    post("password/forgot", account="13812345678")
    CodeRequest.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    sweep()
    assert (gateway.messages, CodeRequest.objects.count(), ResetCode.objects.count()) == ([], 0, 0)


def test_asking_again_before_the_worker_came_sends_one(gateway, person, silent_bell):
    key = bytes(person.account_name_index)
    request_code(key)
    request_code(key)
    assert (send_codes(), len(gateway.messages)) == (1, 1)


def test_the_worker_survives_a_gateway_that_refuses_and_sends_to_the_next(
    gateway, person, settings, silent_bell
):
    settings.SMS_ACCESS_KEY_SECRET = "wrong"
    request_code(bytes(person.account_name_index))
    sweep()
    assert gateway.messages == [] and CodeRequest.objects.count() == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_code_once(gateway, silent_bell):
    branch = organization("第一支部", nature="branch", below=organization("太原市委"))
    people = [member(branch, password=None) for _ in range(12)]
    for each in people:
        request_code(bytes(each.account_name_index))
    sent = at_once(lambda _: send_codes(), range(8), threads=8)
    assert sum(sent) == len(people)
    assert sorted(message["phone"] for message in gateway.messages) == sorted(each.phone for each in people)
