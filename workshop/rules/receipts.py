"""How secrets that people hold are recognised without being kept."""

from __future__ import annotations

import hashlib
import hmac


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
