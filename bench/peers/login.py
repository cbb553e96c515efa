"""The sign-in address of Microsoft Entra, on loopback: the one thing about `msal` that is changed.

`msal` insists on https and on a host that it knows, so its requests are turned round on their way.
Its own client, its cache and what each peer makes of them stay as they are; after the first token
nothing goes this way any more.
"""

from typing import Any

import requests
from requests.adapters import HTTPAdapter

from bench.peers.given import LOGIN


class Turned(HTTPAdapter):
    """Sends what is for the sign-in address to another one. Raises what `requests` does."""

    def __init__(self, services: str) -> None:
        super().__init__()
        self._services = services

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        """One request, to the fake authority."""
        request.url = str(request.url).replace(LOGIN, self._services, 1)
        more["proxies"] = {}
        return super().send(request, *args, **more)


def turn_round(services: str) -> None:
    """Every session that is made from here on reaches the fake authority."""
    begin = requests.Session.__init__

    def begun(self: requests.Session) -> None:
        begin(self)
        self.mount(LOGIN, Turned(services))

    requests.Session.__init__ = begun  # type: ignore[method-assign]  # only the address changes
