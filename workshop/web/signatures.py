"""Signatures that hold when the server's clock is set back.

The library takes a cookie or token that was signed "in the future" for expired. Set a clock back by
an hour, and for that hour everybody in the room would be a stranger. What is too old stays refused.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer


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
    """Flask's cookies, signed steadily."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs and reads the cookie."""
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.signer = SteadySigner
        return serializer
