"""Settings, addresses and the embedded database driver."""

import sys

try:
    # The SQLite inside Python 3.11-3.13 carries a bug that can corrupt a database in WAL mode when a checkpoint resets
    # the log; the maintained driver brings a version without it. Django imports 'sqlite3': the name is pointed there.
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:  # pragma: no cover - platforms without the wheel; the start-up check below speaks up
    pass
