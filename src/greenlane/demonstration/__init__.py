"""A demonstration programme of invented companies and people, made only by giving commands over invented months."""
