"""Django's PostgreSQL backend, which starts the embedded server when a connection is first wanted.

Only a connection with ``EMBEDDED`` in its settings is touched; with DATABASE_URL this is the plain backend.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base
from psycopg2 import OperationalError

from povertyportal import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        if self.settings_dict.get("EMBEDDED"):
            if settings.EMBEDDED_REFUSAL:
                raise ImproperlyConfigured(settings.EMBEDDED_REFUSAL)
            params |= self._server().connection(params["user"])
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except OperationalError:
            if not self.settings_dict.get("EMBEDDED"):
                raise
            self._server().wait_until_ready()  # the server was killed: its keeper brings it back
            return super().get_new_connection(conn_params)

    def _server(self) -> embedded.Server:
        return embedded.running(self.settings_dict["EMBEDDED"])
