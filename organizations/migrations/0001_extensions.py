"""Trigram search and exclusion constraints. Both extensions are trusted: the database's owner may create them."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list = []
    operations = [TrigramExtension(), BtreeGistExtension()]
