"""What the tests stand on: a PostgreSQL of their own, a real browser, and the record's guards lifted between tests."""
