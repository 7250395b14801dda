"""Files of entries and messages about them, read and written record by record; no database and no web."""
