"""The demo's small parts: secrets that are made once, tables that align Chinese."""

import stat

import pytest

from sanjin.local.checkout import ROOT, digests, must_fit
from sanjin.local.secrets import ensure_secrets
from sanjin.local.servers import ServerError
from sanjin.local.tables import table, width


def test_secrets_are_made_once_and_only_for_the_owner(tmp_path):
    file = tmp_path / "env"
    assert ensure_secrets(file)
    first = file.read_text()
    assert not ensure_secrets(file)
    assert file.read_text() == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    values = dict(line.split("=", 1) for line in first.splitlines() if not line.startswith("#"))
    assert len(bytes.fromhex(values["SEAL_KEYS"].removeprefix("k1="))) == 16
    assert len(bytes.fromhex(values["BLIND_INDEX_KEY"])) == 32


def test_columns_align_whatever_the_script():
    lines = table(("角色", "账号"), [("党委管理员", "tys00012"), ("root", "x")]).splitlines()
    assert len({width(line) for line in lines}) == 1
    assert [
        width(line[: line.index(cell)]) for line, cell in zip(lines, ("账号", "tys", "x"), strict=True)
    ] == [14] * 3


@pytest.fixture
def checkout(tmp_path):
    """A house of one app with one migration."""
    (tmp_path / "app" / "migrations").mkdir(parents=True)
    (tmp_path / "app" / "migrations" / "0001_initial.py").write_text("a = 1")
    return tmp_path


def test_data_of_an_older_checkout_are_refused_with_what_to_do(checkout):
    data, record = checkout / "postgres", checkout / "migrations.json"
    first = checkout / "app" / "migrations" / "0001_initial.py"
    must_fit(data, record, root=checkout)
    data.mkdir()
    first.with_name("0002_more.py").write_text("b = 1")
    must_fit(data, record, root=checkout)  # a new one is applied as always
    first.write_text("a = 2")
    for _ in range(2):
        with pytest.raises(ServerError, match="older checkout[\\s\\S]*make clean"):
            must_fit(data, record, root=checkout)
    first.write_text("a = 1")
    must_fit(data, record, root=checkout)
    first.with_name("0002_more.py").unlink()
    with pytest.raises(ServerError):
        must_fit(data, record, root=checkout)


def test_data_from_before_the_record_are_of_an_older_checkout(checkout):
    (checkout / "postgres").mkdir()
    with pytest.raises(ServerError):
        must_fit(checkout / "postgres", checkout / "migrations.json", root=checkout)


def test_the_house_s_migrations_are_all_seen():
    apps = {name.split("/migrations")[0] for name in digests(ROOT)}
    assert apps >= {"organizations", "accounts", "members", "points", "meetings", "sanjin/common"}
