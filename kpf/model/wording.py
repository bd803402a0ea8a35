"""How values that somebody wrote stand in a sentence."""

from decimal import Decimal


def pounds(amount: Decimal) -> str:
    """£1,250,000, or £99.50 where there are pence."""
    whole = amount == amount.to_integral_value()
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.{0 if whole else 2}f}"


def figure(number: Decimal) -> str:
    """A target: 230,000 or 0.6."""
    return f"{number:,f}"


def in_quotation_marks(text: str) -> str:
    """Text that somebody wrote, in quotation marks and without a full stop of its own."""
    return f"“{text.strip().removesuffix('.')}”"
