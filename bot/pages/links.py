"""Signed links that run out: what file, of which conversation, for whom. Never a name.

The expiry is in the signed part and read against the system clock that is handed in: the stock
`URLSafeTimedSerializer` would ask the operating system itself. A key of its own signs each kind of
page, so that a link to read is none to hand something in.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from itsdangerous import BadData, URLSafeSerializer

from records.kept_secret import HoldsSecret
from records.people import PersonKey
from records.store.row_rules import is_key

MAX_TOKEN: Final = 1_024
"""Characters; ours have about 250."""
Page = Literal["files", "upload"]


class BadLink(Exception):
    """The link does not open anything. `reason` is one word for the log, never the link."""

    reason = "link_broken"


class Expired(BadLink):
    """It was ours, and its time is over."""

    reason = "link_expired"


@dataclass(frozen=True)
class Ticket:
    """What a link says, once its signature held: a request, and still no right."""

    kind: str
    conversation: str
    person: PersonKey


class SignedLinks(HoldsSecret):
    """Keeps `cards.kit.files.Links`. `now` is the clock that events are booked by (the demo moves
    it), `system` the one by which links run out.
    """

    def __init__(
        self,
        public_url: str,
        secret: str,
        *,
        lasts: timedelta,
        now: Callable[[], datetime],
        system: Callable[[], datetime],
    ) -> None:
        self._base, self._lasts = public_url.rstrip("/"), lasts
        self._now, self._system = now, system
        self._signers: dict[Page, URLSafeSerializer] = {
            "files": _signer(secret, "files"),
            "upload": _signer(secret, "upload"),
        }

    def file(
        self, kind: str, conversation: str, to: PersonKey, *, until: datetime | None = None
    ) -> str:
        """The address of a file; see `cards.kit.files.Links`."""
        lasts = self._lasts if until is None else max(until - self._now(), self._lasts)
        return self._link("files", kind, conversation, to, lasts)

    def upload(self, conversation: str, to: PersonKey) -> str:
        """The address of the page that takes a file in."""
        return self._link("upload", "upload", conversation, to, self._lasts)

    def read(self, page: Page, token: str) -> Ticket:
        """What a token says. Raises Expired or, for anything that we did not sign, BadLink."""
        if len(token) > MAX_TOKEN:
            raise BadLink
        try:
            said = self._signers[page].loads(token)
        except BadData:
            # Not chained: its text has the signature, which a link may have had cut off.
            raise BadLink from None
        kind, conversation, person, ends, _ = said
        if self._system().timestamp() >= ends:
            raise Expired
        return Ticket(kind, conversation, PersonKey(person))

    def _link(
        self, page: Page, kind: str, conversation: str, to: PersonKey, lasts: timedelta
    ) -> str:
        if not self._base or not to or not is_key(conversation):
            return ""
        ends = int((self._system() + lasts).timestamp())
        said: Any = [kind, conversation, to, ends, secrets.token_urlsafe(6)]
        return f"{self._base}/{page}/{self._signers[page].dumps(said)}"


def _signer(secret: str, page: Page) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret,
        salt=f"learning-conversations {page}",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
