"""The worker: what a day calls for, what is due in the outbox, and the sealing of the record (6 USC 971(b))."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime

from django.db import DatabaseError, close_old_connections, connection

from greenlane.casework import outbox, timers
from greenlane.casework.execution import writing
from greenlane.records import ledger
from greenlane.vetting.matching.warming import warm_up

EVERY_SECONDS = 5.0
log = logging.getLogger(__name__)
_daily = timers.DailyRound()


def work_once(now: datetime) -> int:
    """Ask the timers once a legal day, deliver what is due at *now*, and seal what was appended.

    Returns how many commands and messages were carried out.
    """
    done = _daily(now) + outbox.deliver(now)
    with writing():
        ledger.seal(now)
    return done


def work_on() -> None:
    """Work until the process ends. A database that is away for a while is tried again."""
    warm_up()
    while True:
        try:
            work_once(datetime.now(UTC))
        except DatabaseError:
            log.exception("the worker could not reach the database; it tries again")
            connection.close()
        close_old_connections()
        time.sleep(EVERY_SECONDS)


def begin_beside_the_server() -> None:
    """An embedded database has one process, so its worker is a thread of the server. PostgreSQL: ``greenlane work``."""
    if connection.vendor == "sqlite":
        threading.Thread(target=work_on, name="greenlane-worker", daemon=True).start()
