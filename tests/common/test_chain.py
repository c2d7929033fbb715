"""The audit's hash chain: what is sealed can't be changed, cut out or slipped in without being seen."""

from io import StringIO
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from sanjin.common import chain
from sanjin.common.audit import audited
from sanjin.common.models import AuditEntry, AuditSeal
from tests.plugins.workers import WAIT_SECONDS

pytestmark = pytest.mark.django_db(transaction=True)


HERE = """
    SELECT coalesce(
        (SELECT min(backend_xid::text::bigint) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()),
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint)"""


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """The cluster's other databases are other workers' tests, whose long transactions would hold the horizon back."""

    def horizon():
        with connection.cursor() as cursor:
            cursor.execute(HERE)
            return cursor.fetchone()[0]

    monkeypatch.setattr(chain, "_horizon", horizon)


def write(*verbs):
    for verb in verbs:
        with audited(verb, actor=None, name="张三", n=1.5):
            pass


def behind_the_trigger(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET session_replication_role = DEFAULT")


def breaks():
    return [each.seal for each in chain.verify()]


def test_entries_and_seals_are_append_only():
    write("thing.done")
    chain.seal()
    for rows in (AuditEntry.objects, AuditSeal.objects):
        with pytest.raises(Exception, match="Cannot update or delete"):
            rows.all().delete()
    with pytest.raises(Exception, match="Cannot update or delete"):
        AuditEntry.objects.update(reason="changed")


@pytest.mark.parametrize("model", [AuditEntry, AuditSeal])
def test_entries_and_seals_are_not_truncated(model):
    write("thing.done")
    chain.seal()
    with pytest.raises(Exception, match="Cannot truncate"), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
    assert model.objects.exists()


def test_seals_chain_in_batches_and_verify(monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 2)
    write("a.done", "b.done", "c.done", "d.done", "e.done")
    links = [chain.seal(), chain.seal(), chain.seal(), chain.seal()]
    assert [link and link.entries for link in links] == [2, 2, 1, None]
    assert bytes(links[1].previous) == bytes(links[0].digest)
    assert breaks() == []
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue().startswith("whole: 5 entries sealed, 0 waiting")


def test_a_changed_entry_breaks_its_seal():
    write("a.done")
    chain.seal()
    write("b.done")
    second = chain.seal()
    behind_the_trigger("UPDATE common_auditentry SET reason = 'x' WHERE verb = 'b.done'")
    assert breaks() == [second.pk]
    with pytest.raises(CommandError, match="broken in 1 place"):
        call_command("verify_audit", stderr=StringIO())


def test_a_removed_entry_and_a_removed_seal_are_seen():
    write("a.done", "b.done")
    first = chain.seal()
    write("c.done")
    second = chain.seal()
    behind_the_trigger("DELETE FROM common_auditentry WHERE verb = 'a.done'")
    assert breaks() == [first.pk]
    behind_the_trigger("DELETE FROM common_auditseal WHERE id = %s", first.pk)
    assert breaks()[0] == second.pk


def test_an_entry_slipped_in_later_is_seen():
    write("a.done")
    chain.seal()
    write("b.done")
    chain.seal()
    behind_the_trigger(
        "INSERT INTO common_auditentry (uuid, verb, actor_label, subject_type, subject_label, reason, data, request_id,"
        " at, transaction) SELECT gen_random_uuid(), 'x.done', '', '', '', '', '{}', '', at, transaction"
        " FROM common_auditentry WHERE verb = 'a.done'"
    )
    assert breaks() == [0]


def test_a_transaction_that_commits_late_is_sealed_by_the_next_batch():
    """The control without pg_snapshot_xmin would skip it: its number is smaller than those already sealed."""
    opened, go = Event(), Event()

    def slow():
        try:
            with audited("slow.done", actor=None):
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_current_xact_id()")
                opened.set()
                go.wait(WAIT_SECONDS)
        finally:
            connection.close()

    thread = Thread(target=slow)
    thread.start()
    assert opened.wait(WAIT_SECONDS)
    write("quick.done")
    assert chain.seal() is None
    go.set()
    thread.join(WAIT_SECONDS)
    assert chain.seal().entries == 2
    assert breaks() == []


def test_after_a_restore_into_a_younger_cluster_sealing_goes_on():
    write("a.done")
    chain.seal()
    behind_the_trigger("UPDATE common_auditseal SET last = last + 1000000000")
    write("b.done")
    assert breaks() == []
    assert chain.seal().entries == 1
    assert breaks() == []
