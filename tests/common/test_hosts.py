"""F18: any other host name gets a page for people."""

import pytest


@pytest.mark.promise("F18")
def test_another_host_learns_the_official_entrance(client, settings):
    settings.OFFICIAL_ENTRANCE = "山西组工网"
    settings.OFFICIAL_ENTRANCE_URL = "https://entrance.example/"
    answer = client.get("/members/", headers={"host": "old.example"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "这个地址已不再使用" in page
    assert "【山西组工网】" in page
    assert 'href="https://entrance.example/"' in page


@pytest.mark.promise("F18")
def test_without_an_address_the_entrance_is_named_only(client, settings):
    settings.OFFICIAL_ENTRANCE_URL = ""
    page = client.get("/", headers={"host": "old.example"}).content.decode()
    assert "前往正式入口" not in page
