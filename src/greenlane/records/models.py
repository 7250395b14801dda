"""The ledger's tables: entries, their places in the log, signed checkpoints, the log of reads (6 USC 971(b)-(c))."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One thing that happened, written once. ``body`` is the canonical JSON that the log hashes; columns repeat it."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField()
    subject = models.UUIDField()
    participant = models.UUIDField(null=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    office = models.CharField(max_length=40)
    command_id = models.UUIDField()
    command = models.CharField(max_length=80)
    citations = models.JSONField()
    audience = models.CharField(max_length=12)
    body = models.BinaryField()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [
            models.Index(fields=["subject", "id"], name="entry_subject"),
            models.Index(fields=["participant", "id"], name="entry_participant"),
            models.Index(fields=["kind", "id"], name="entry_kind"),
            models.Index(fields=["command_id"], name="entry_command"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"

    @cached_property
    def content(self) -> dict[str, Any]:
        """The whole body, parsed."""
        parsed: dict[str, Any] = json.loads(bytes(self.body))
        return parsed

    @property
    def data(self) -> dict[str, Any]:
        """What the entry says, as its kind and version define; dates are ISO text. Read from the hashed body."""
        data: dict[str, Any] = self.content["data"]
        return data


class Inbox(models.Model):
    """Entries that wait for their place in the log. The only table here from which rows are taken away again."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="waiting")

    class Meta:
        verbose_name = _("entry that waits for the log")
        verbose_name_plural = _("entries that wait for the log")

    def __str__(self) -> str:
        return str(self.pk)


class Leaf(models.Model):
    """The place of an entry in the log, dense from 0. Repeats uid and kind: a removed entry can still be named."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="leaf")
    uid = models.UUIDField()
    kind = models.CharField(max_length=120)
    leaf_hash = models.BinaryField()

    class Meta:
        verbose_name = _("leaf")
        verbose_name_plural = _("leaves")

    def __str__(self) -> str:
        return f"{self.index} {self.uid}"


class Node(models.Model):
    """Root of a complete subtree of 256, 65,536 ... leaves (levels 8, 16 ...): proofs need not read every leaf."""

    id = models.BigAutoField(primary_key=True)
    level = models.PositiveSmallIntegerField()
    position = models.BigIntegerField()
    node_hash = models.BinaryField()

    class Meta:
        verbose_name = _("node")
        verbose_name_plural = _("nodes")
        constraints = [models.UniqueConstraint(fields=["level", "position"], name="node_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.position}"


class Checkpoint(models.Model):
    """The log at one moment: how many leaves, which root, signed. ``note`` is the signed text; columns repeat it."""

    id = models.BigAutoField(primary_key=True)
    size = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    sealed_at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")

    def __str__(self) -> str:
        return str(self.size)


class ReadLog(models.Model):
    """Who read what of whom, when, and for which purpose (971(c))."""

    id = models.BigAutoField(primary_key=True)
    account = models.UUIDField(null=True)
    office = models.CharField(max_length=40)
    participant = models.UUIDField(null=True)
    what = models.CharField(max_length=200)
    purpose = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("read")
        verbose_name_plural = _("reads")
        indexes = [
            models.Index(fields=["participant", "id"], name="readlog_participant"),
            models.Index(fields=["account", "id"], name="readlog_account"),
            models.Index(fields=["at"], name="readlog_at"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
