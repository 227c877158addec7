"""Signatures that hold when the server's clock is set back, and cookies that are renewed rarely.

The library takes a cookie or token that was signed "in the future" for expired. Set a clock back by
an hour, and for that hour everybody in the room would be a stranger. What is too old stays refused.
"""

from __future__ import annotations

from typing import Any, Final

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

RENEWED_AFTER: Final = 24 * 60 * 60
"""Seconds after which a cookie that nothing changed is signed anew, so that it outlives visits."""


class SteadySigner(TimestampSigner):
    """A signer for which no signature is too young."""

    def unsign(
        self,
        signed_value: str | bytes,
        max_age: int | None = None,
        return_timestamp: bool = False,  # noqa: FBT001, FBT002 - the library's own way of asking
    ) -> Any:  # noqa: ANN401 - bytes, or bytes and a time where that was asked for
        """Check a signature and take it off.

        Raises:
            BadSignature: it is not ours, or was made more than `max_age` seconds ago.
        """
        text, made = super().unsign(signed_value, return_timestamp=True)
        if max_age is not None and self.get_timestamp() - made.timestamp() > max_age:
            raise SignatureExpired("too old", payload=text, date_signed=made)
        return (text, made) if return_timestamp else text


class SteadySessions(SecureCookieSessionInterface):
    """Flask's cookies, signed steadily, and sent only when they changed or are a day old.

    The library sends the cookie with every answer. Then an answer that was under way while the
    person went over to another seat, in another tab, would bring the old seat back.
    """

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Whether this answer carries the cookie."""
        return session.modified or (session.permanent and self._is_old(app))

    def _is_old(self, app: Flask) -> bool:
        serializer = self.get_signing_serializer(app)
        try:
            if serializer is not None:
                name = self.get_cookie_name(app)
                serializer.loads(request.cookies.get(name, ""), max_age=RENEWED_AFTER)
        except BadSignature:
            return True
        return False

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs and reads the cookie."""
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.signer = SteadySigner
        return serializer
