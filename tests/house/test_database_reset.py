"""A test with real commits leaves nothing behind and takes nothing away: the seeds of the migrations stay."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django_celery_beat.models import CrontabSchedule

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", [1, 2])
def test_every_turn_begins_alike(turn):
    assert ContentType.objects.exists()
    assert not CrontabSchedule.objects.exists()
    assert CrontabSchedule.objects.create().pk == 1
    ContentType.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
