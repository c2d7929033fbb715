"""The OpenAPI document is the docstrings of the views: each says what it does and which codes it refuses with; and it is
shown to admins only."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from accounts import sessions
from meetings.enums import ScanResult
from organizations.enums import Nature
from sanjin.common.api import SENTENCES
from tests.authz.routes import routes
from tests.factories import admin, member, organization, signed_in
from tests.meetings.factories import token

ROOT = Path(__file__).resolve().parents[2]
METHODS = {"get", "post", "put", "patch", "delete"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"[a-z_]+")
RAISED = re.compile(r'RuleError\(\s*"(\w+)"')
SCHEMA, DOCS = "/api/v1/schema/", "/api/v1/docs/"


@pytest.fixture(scope="module")
def document() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


@pytest.fixture(scope="module")
def operations(document) -> dict[tuple[str, str], dict]:
    return {
        (path, method): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    }


def test_document_is_valid(document):
    validate_schema(document)


def test_every_address_of_the_api_is_in_the_document(operations):
    known = {(re.sub(r"{\w+}", "{}", path.strip("/")), method) for path, method in operations}
    answered = {
        (re.sub(r"<[^>]+>", "{}", route.path.strip("/")), route.method)
        for route in routes()
        if route.path.startswith("api/v1/") and f"/{route.path}" not in (SCHEMA, DOCS)
    }
    assert known == answered
    assert len(known) > 25


def test_every_operation_says_what_it_does_and_how_it_refuses(operations):
    for name, operation in operations.items():
        assert CHINESE.search(operation["summary"]), name
        assert "错误码：" in operation["description"], name
        assert "application/problem+json" in operation["responses"]["4XX"]["content"], name


def test_every_shape_says_what_it_is(document):
    shapes = {
        name: shape
        for name, shape in document["components"]["schemas"].items()
        if shape.get("type") == "object" and not name.startswith("Paginated")
    }
    assert [name for name, shape in shapes.items() if not CHINESE.search(shape.get("description", ""))] == []


def test_named_codes_are_codes_that_somebody_raises(document, operations):
    sources = [file.read_text() for file in ROOT.glob("[a-z]*/**/*.py") if "tests" not in file.parts]
    raised = {code for text in sources for code in RAISED.findall(text)}
    general = {code for code, *_ in SENTENCES.values()}
    assert {code for code in general if code not in document["info"]["description"]} == set()
    for name, operation in operations.items():
        named = set(CODE.findall(operation["description"].partition("错误码：")[2]))
        assert named or "仅通用错误码" in operation["description"], name
        assert named - raised - general - set(ScanResult.values) == set(), name


@pytest.mark.django_db
class TestForStaff:
    def test_admin_reads_document_and_pages(self, client):
        signed_in(client, admin(organization("省委")))
        assert client.get(SCHEMA).status_code == 200
        page = client.get(DOCS)
        assert (page.status_code, page.templates[0].name) == (200, "drf_spectacular/swagger_ui.html")
        script = client.get(DOCS + "?script=")
        assert (script.status_code, script["Content-Type"]) == (200, "application/javascript")

    def test_nobody_gets_a_problem_and_the_login_page(self, client):
        answer = client.get(SCHEMA)
        assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
        assert client.get(DOCS).headers["Location"] == f"/login/?next={DOCS}"

    @pytest.mark.parametrize("asked", [{"data": {"format": "zzz"}}, {"headers": {"accept": "image/png"}}])
    def test_form_that_there_is_not_is_a_problem_too(self, client, asked):
        answers = [client.get(SCHEMA, **asked)]
        signed_in(client, admin(organization("省委")))
        answers += [client.get(address, **asked) for address in (SCHEMA, DOCS)]
        assert {answer["Content-Type"] for answer in answers} == {"application/problem+json"}
        assert {answer.status_code for answer in answers} <= {404, 406}
        assert client.options(DOCS).status_code == 405

    def test_member_finds_nothing(self, client):
        person = member(organization("第一支部", nature=Nature.BRANCH))
        headers = {"Authorization": f"Token {token(person)}"}
        answer = client.get(SCHEMA, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    def test_session_that_is_over_opens_neither(self, client):
        signed_in(client, admin(organization("省委")))
        session = client.session
        session[sessions.SEEN] -= settings.ADMIN_IDLE_SECONDS + 1
        session.save()
        assert client.get(SCHEMA).status_code == 401
        assert client.get(DOCS).headers["Location"] == "/login/?" + urlencode({"expired": 1, "next": DOCS})
        assert sessions.SEEN not in client.session
