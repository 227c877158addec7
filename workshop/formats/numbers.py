"""Numbers in files, kept exact: money is never rounded on the way in."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from workshop.formats.files import BadFile
from workshop.rules.refusals import N_

LARGEST_EXPONENT: Final = 30
"""Powers of ten beyond this are mistakes, and expanding them could fill the memory."""


def exact(text: str, *, what: str, line: int | None = None) -> Fraction:
    """Read a decimal number, with a point or a comma, exactly.

    Raises:
        BadFile: `text` is no finite number; `what` names the field in the sentence.
    """
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > LARGEST_EXPONENT:
        raise BadFile(
            N_("“%(text)s” isn’t a number (%(what)s)."), line=line, text=text[:40], what=what
        )
    return Fraction(number)


def plain(number: Fraction) -> int | float:
    """Turn an exact number into what JSON can hold: whole numbers stay whole."""
    return number.numerator if number.denominator == 1 else float(number)


def written(number: Fraction) -> str:
    """Write an exact decimal number without losing a digit.

    Raises:
        ValueError: the number has no finite decimal form, such as a third.
    """
    places = next((n for n in range(3 * LARGEST_EXPONENT) if not 10**n % number.denominator), None)
    if places is None:
        raise ValueError(number)
    digits = str(abs(number.numerator) * 10**places // number.denominator).zfill(places + 1)
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
