import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField(unique=True)),
                ("root", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
                ("note", models.TextField()),
            ],
            options={
                "verbose_name": "checkpoint",
                "verbose_name_plural": "checkpoints",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=120)),
                ("version", models.PositiveSmallIntegerField()),
                ("subject", models.UUIDField()),
                ("participant", models.UUIDField(null=True)),
                ("effective_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("actor", models.UUIDField(null=True)),
                ("office", models.CharField(max_length=40)),
                ("command_id", models.UUIDField()),
                ("command", models.CharField(max_length=80)),
                ("citations", models.JSONField()),
                ("audience", models.CharField(max_length=12)),
                ("body", models.BinaryField()),
            ],
            options={
                "verbose_name": "entry",
                "verbose_name_plural": "entries",
            },
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField()),
                ("kind", models.CharField(max_length=120)),
                ("leaf_hash", models.BinaryField()),
            ],
            options={
                "verbose_name": "leaf",
                "verbose_name_plural": "leaves",
            },
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("level", models.PositiveSmallIntegerField()),
                ("position", models.BigIntegerField()),
                ("node_hash", models.BinaryField()),
            ],
            options={
                "verbose_name": "node",
                "verbose_name_plural": "nodes",
            },
        ),
        migrations.CreateModel(
            name="ReadLog",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("account", models.UUIDField(null=True)),
                ("office", models.CharField(max_length=40)),
                ("participant", models.UUIDField(null=True)),
                ("what", models.CharField(max_length=200)),
                ("purpose", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "read",
                "verbose_name_plural": "reads",
            },
        ),
        migrations.CreateModel(
            name="Inbox",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="waiting",
                        serialize=False,
                        to="records.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry that waits for the log",
                "verbose_name_plural": "entries that wait for the log",
            },
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["subject", "id"], name="entry_subject"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["participant", "id"], name="entry_participant"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "id"], name="entry_kind"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["command_id"], name="entry_command"),
        ),
        migrations.AddField(
            model_name="leaf",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="leaf", to="records.entry"
            ),
        ),
        migrations.AddConstraint(
            model_name="node",
            constraint=models.UniqueConstraint(fields=("level", "position"), name="node_place"),
        ),
        migrations.AddIndex(
            model_name="readlog",
            index=models.Index(fields=["participant", "id"], name="readlog_participant"),
        ),
        migrations.AddIndex(
            model_name="readlog",
            index=models.Index(fields=["account", "id"], name="readlog_account"),
        ),
    ]
