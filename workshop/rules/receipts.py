"""How secrets that people hold are recognised without being kept."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that are not mistaken for each other when read aloud."""

RECEIPT_LETTERS: Final = 16


def grouped(letters: str) -> str:
    """Letters in fours, as they can be read out: XXXX-XXXX-XXXX-XXXX."""
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def sheet_receipt(secret_key: str, workshop_id: int, code: str) -> str:
    """The receipt of a sheet of paper: about 79 bits that only its print and the server's key give.

    It is worked out anew when the sheet is entered, so the database alone cannot tell it.
    """
    told = f"sheet:{workshop_id}:{code}".encode()
    rest = int.from_bytes(hmac.new(secret_key.encode(), told, hashlib.sha256).digest())
    letters = ""
    for _ in range(RECEIPT_LETTERS):
        rest, place = divmod(rest, len(ALPHABET))
        letters += ALPHABET[place]
    return grouped(letters)


def receipt_hash(receipt: str) -> str:
    """How a receipt (a resume code, 80 bits of chance) is recognised without being kept."""
    return hashlib.sha256(f"receipt:{receipt}".encode()).hexdigest()


def owner_mark(receipt: str, salt: str) -> str:
    """The mark by which only the holder of `receipt` can show that a post is theirs."""
    return hmac.new(receipt.encode(), f"post:{salt}".encode(), hashlib.sha256).hexdigest()


def report_mark(receipt: str, post_id: int) -> str:
    """The mark of one person's report of a post; without `receipt` it leads to nobody."""
    return hmac.new(receipt.encode(), f"report:{post_id}".encode(), hashlib.sha256).hexdigest()


def token_hash(token: str) -> str:
    """How a link (one-time pass, assessor's invitation) is recognised without being kept."""
    return hashlib.sha256(f"token:{token}".encode()).hexdigest()
