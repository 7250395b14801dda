"""Hits keep the parts of their score and the words of both names; decisions keep the sides on which they rest."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

NOT_KNOWN = "unknown"


def grounds(apps: Any, _schema: Any) -> None:
    """What the state would be if the record were read again: the codes of each hit's reasons."""
    hits = apps.get_model("vetting", "ScreeningHit")
    for hit in hits.objects.only("pk", "reasons", "party", "entry").iterator(chunk_size=200):
        codes = {one["code"] for one in hit.reasons}
        words = {code for code in codes if code.startswith("word")}
        found = codes - words
        ours, theirs = hit.party["party_type"], hit.entry["party_type"]
        if NOT_KNOWN not in (ours, theirs) and ours != theirs:
            found.add("kind_conflict")
        if words == {"word_same"} and "name_generic" not in codes:
            found.add("name_same")
        hits.objects.filter(pk=hit.pk).update(grounds="".join(f"|{code}|" for code in sorted(found)))


def sides(apps: Any, _schema: Any) -> None:
    """Each decision gets the sides that the screening before it kept, read from the record."""
    records, decisions = apps.get_model("records", "Entry"), apps.get_model("vetting", "Adjudication")
    told = records.objects.filter(kind__in=("vetting.PartiesScreened", "vetting.HitAdjudicated")).order_by("pk")
    latest: dict[str, tuple[dict[str, Any], dict[str, Any], int]] = {}
    decided = Counter[str]()
    for one in told.iterator(chunk_size=100):
        what = json.loads(bytes(one.body))["data"]["what"]  # a historical model has fields, not properties
        if one.kind == "vetting.PartiesScreened":
            parties = {party["party_key"]: party for party in what["parties"]}
            for hit in what["hits"]:
                latest[hit["hit_id"]] = (parties[hit["party_key"]], hit["entry"], hit["score"])
        else:
            decided[what["hit_id"]] += 1
            party, entry, score = latest[what["hit_id"]]
            kept = {"party": party, "entry": entry, "score": score, "nth": decided[what["hit_id"]]}
            decisions.objects.filter(pk=what["adjudication_id"]).update(**kept)


def nothing(_apps: Any, _schema: Any) -> None:
    """The columns go; nothing else has to be undone."""


class Migration(migrations.Migration):
    dependencies = [("vetting", "0001_initial"), ("records", "0003_read_log_by_time")]

    operations = [
        migrations.CreateModel(
            name="FalsePattern",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("ground", models.CharField(blank=True, max_length=40)),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("list_code", models.CharField(blank=True, max_length=40)),
                ("entry_key", models.CharField(blank=True, max_length=200)),
                ("listed_name", models.TextField(blank=True)),
                ("party_name", models.CharField(blank=True, max_length=200)),
                ("reason_code", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("hits", models.PositiveIntegerField()),
                ("decided_on", models.DateField()),
                ("decided_at", models.DateTimeField()),
                ("decided_by", models.UUIDField()),
                ("office", models.CharField(max_length=40)),
            ],
            options={"abstract": False},
        ),
        migrations.AddField("screeninghit", "parts", models.JSONField(default=list), preserve_default=False),
        migrations.AddField("screeninghit", "words", models.JSONField(default=list), preserve_default=False),
        migrations.AddField(
            "screeninghit", "grounds", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            "screeninghit",
            "gone_because",
            models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField("adjudication", "nth", models.PositiveSmallIntegerField(default=1), preserve_default=False),
        migrations.AddField("adjudication", "party", models.JSONField(default=dict), preserve_default=False),
        migrations.AddField("adjudication", "entry", models.JSONField(default=dict), preserve_default=False),
        migrations.AddField(
            "adjudication", "score", models.PositiveSmallIntegerField(default=0), preserve_default=False
        ),
        migrations.AddField(
            "adjudication",
            "pattern",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adjudications",
                to="vetting.falsepattern",
            ),
        ),
        migrations.RunPython(grounds, nothing),
        migrations.RunPython(sides, nothing),
    ]
