"""threats.md, test 3: what our own OpenAPI document lets somebody send. No answer may be a 5xx, and each must be as the
document says. Seeded and in-process, so that a failure repeats."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from meetings.models import Meeting, Participant
from sanjin.wsgi import application
from tests.authz.knocking import Undo

pytestmark = pytest.mark.django_db

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
# what stands in an address, by the word before it
THINGS = {"meetings": "meeting", "organizations": "organization", "messages": "message", "devices": "device"}
EXAMPLES = 12


@pytest.fixture(scope="module")
def document(world, django_db_blocker):
    """The document as the application gives it to an admin. As Django's own test client does, requests leave the connection
    open: the world stands in its transaction."""
    with django_db_blocker.unblock():
        answer = world.clients["root"].get("/api/v1/schema/?format=json")
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    loaded = schemathesis.openapi.from_dict(answer.json())
    loaded.app = application
    yield loaded
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def organiser(world, django_db_blocker):
    """One of the members also organises, so that minutes and codes are reached."""
    with django_db_blocker.unblock():
        event = Meeting.objects.get(uuid=world.things["meeting", "own"]["uuid"])
        event.minutes.all().delete()  # they are still to be filed
        member = world.accounts["member_own"].member
        Participant.objects.create(meeting=event, member=member, organiser=True)


@pytest.mark.parametrize("actor", ["anonymous", "member_own", "member_other"])
def test_api_answers_whatever_is_sent_as_its_document_says(actor, world, organiser, document):
    wrong, asked = [], 0
    for found in document.get_all_operations():
        operation, statuses = found.ok(), set()
        try:
            attack(operation, actor, world, statuses)
        except Exception as error:
            wrong.append(f"{operation.method} {operation.path}: {str(error)[:600]}")
        asked += bool(statuses)
    assert not wrong, "\n\n".join(wrong)
    assert asked > 25


def attack(operation, actor: str, world, statuses: set[int]) -> None:
    """Send what the document allows, to things that exist and to others; the statuses that came."""
    token = world.clients[actor].defaults.get("HTTP_AUTHORIZATION")
    headers = {"Authorization": token} if token else {}

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), real=st.booleans())
    def send(case, real):
        if real:
            _fill(case, world)
        case.headers.pop("Authorization", None)  # the actor's, not a made-up one
        response = _sent_and_undone(case, headers)
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS, headers=headers)

    send()


def _fill(case, world) -> None:
    """Ids of things that exist: a made-up one meets nothing but 404."""
    words = case.operation.path.strip("/").split("/")
    for place, word in enumerate(words):
        thing = THINGS.get(words[place - 1])
        if word == "{uuid}" and thing:
            case.path_parameters["uuid"] = str(world.things[thing, "own"]["uuid"])
        if word == "{member}":
            case.path_parameters["member"] = str(world.things["participant", "own"]["member"])


def _sent_and_undone(case, headers):
    try:
        with transaction.atomic():
            response = case.call(headers=headers)
            raise Undo
    except Undo:
        return response
