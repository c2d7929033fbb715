"""The vendored browser libraries are the listed ones, and none of them asks another host."""

import json
import re
from pathlib import Path

from tools import vendor

VENDOR = Path(vendor.VENDOR)


def test_files_match_their_hashes():
    assert vendor.check() == []


def test_a_changed_a_missing_and_a_foreign_file_are_named(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/changed.js").write_text("1")
    (tmp_path / "a/foreign.js").write_text("1")
    manifest = tmp_path / "VENDOR.json"
    files = {"a/changed.js": "0" * 64, "a/missing.js": "0" * 64}
    manifest.write_text(json.dumps([{"name": "a", "version": "1", "files": files}]))
    monkeypatch.setattr(vendor, "VENDOR", tmp_path)
    monkeypatch.setattr(vendor, "MANIFEST", manifest)
    monkeypatch.setattr(vendor, "PACKAGES", (vendor.Package("a", "1", {}),))
    assert vendor.check() == [
        "a/missing.js: in VENDOR.json, but missing",
        "a/foreign.js: not listed in VENDOR.json",
        "a/changed.js: differs from its hash in VENDOR.json",
    ]


def test_no_source_maps_and_no_address_that_a_browser_would_fetch():
    for path in VENDOR.rglob("*"):
        if path.suffix in {".js", ".css"}:
            text = path.read_text()
            assert "sourceMappingURL" not in text, path
            assert not re.search(r"url\(\s*[\"']?(https?:)?//", text), path
            assert not re.search(r"(?<!w3\.org)//[\w.]*(jsdelivr|unpkg|cdnjs|alicdn)\.", text), path
