"""The one door in: every change is a command given to ``execute()``, answered with reasons and kept in the record."""
