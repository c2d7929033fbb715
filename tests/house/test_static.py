"""What production does with static files: every reference in them resolves, modules import hashed names."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

COMPRESSIBLE = ["css", "html", "js", "json", "map", "md", "svg", "txt", "wasm", "webmanifest"]


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """STATIC_ROOT after `collectstatic` with production's storage; not compressed, which takes half a minute."""
    from django.test import override_settings  # noqa: PLC0415  pytest-django's settings fixture is per function

    root = tmp_path_factory.mktemp("static")
    storages = {"staticfiles": {"BACKEND": "sanjin.common.storage.HashedStaticStorage"}}
    with override_settings(
        STATIC_ROOT=str(root), STORAGES=storages, WHITENOISE_SKIP_COMPRESS_EXTENSIONS=COMPRESSIBLE
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def test_every_reference_in_static_files_resolves(collected):
    paths = json.loads((collected / "staticfiles.json").read_text())["paths"]
    assert paths
    assert [name for name, hashed in paths.items() if not (collected / hashed).exists()] == []


def test_modules_of_the_members_app_import_hashed_names(collected):
    modules = [file for file in collected.glob("h5/**/*.js") if re.search(r"\.[0-9a-f]{12}\.js$", file.name)]
    assert modules
    plain = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+?)["']""")
    unhashed = [
        f"{module.name}: {path}"
        for module in modules
        for path in plain.findall(module.read_text())
        if not re.search(r"\.[0-9a-f]{12}\.", path)
    ]
    assert unhashed == []


def test_tests_serve_files_under_their_own_names():
    assert staticfiles_storage.url("h5/app.js") == "/static/h5/app.js"


def test_files_served_as_they_are_come_compressed_and_pages_do_not(client, db):
    accepts = {"accept-encoding": "gzip"}
    file = client.get("/static/h5/app.js", headers=accepts)
    assert (file.status_code, file.headers.get("Content-Encoding")) == (200, "gzip")
    part = client.get("/static/h5/app.js", headers=accepts | {"range": "bytes=0-9"})
    assert (part.status_code, "Content-Encoding" in part.headers) == (206, False)
    assert "Content-Encoding" not in client.get("/login/", headers=accepts).headers
