"""The database itself refuses to alter the record: 6 USC 971(b)."""

from django.db import migrations

from greenlane.records.triggers import GUARDED, append_only


class Migration(migrations.Migration):
    dependencies = [("records", "0001_ledger")]

    operations = [append_only(table, *keys) for table, keys in GUARDED.items()]
