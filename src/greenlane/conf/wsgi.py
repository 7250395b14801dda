"""The WSGI application that the server runs, with the worker beside it where the database is embedded."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "greenlane.conf.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from greenlane.conf.worker import begin_beside_the_server  # noqa: E402 - needs the applications to be loaded

begin_beside_the_server()
