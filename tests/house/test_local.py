"""The demo's small parts: secrets that are made once, tables that align Chinese."""

import stat

from sanjin.local.secrets import ensure_secrets
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
