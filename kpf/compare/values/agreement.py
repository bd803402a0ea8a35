"""Changes to the value and the term of an agreement."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from kpf.compare.values.pair import ChangeDetail, Pair
from kpf.compare.values.values import a_value
from kpf.dates import in_words
from kpf.model.written import pounds

_TERM: Final = "term"


def yearly_value(pair: Pair) -> Iterator[ChangeDetail]:
    """Yield a change of the yearly value."""
    return _worth(pair, "yearly", "yearly", "a year")


def whole_life_value(pair: Pair) -> Iterator[ChangeDetail]:
    """Yield a change of the whole-life value."""
    return _worth(pair, "whole_life", "whole-life", "over its whole life")


def _worth(pair: Pair, field: str, label: str, span: str) -> Iterator[ChangeDetail]:
    path = ("agreement", "value", field)
    was, now = pair.both(*path)
    if was is None or now is None:
        label = f"The {label} value of the agreement"
        yield from a_value("value", label, pair, path, words=pounds)
    elif was != now:
        difference = f"{pounds(abs(now - was))} {'more' if now > was else 'less'}"
        sentence = f"The agreement is now worth {pounds(now)} {span}, {difference} than the {pounds(was)} before."
        yield ChangeDetail("value", sentence, field, covers=(path,))


def signed(pair: Pair) -> Iterator[ChangeDetail]:
    """Yield the signing of a first or a later agreement."""
    return _happened(pair, ("agreement", "signed"), "The agreement was signed")


def starts(pair: Pair) -> Iterator[ChangeDetail]:
    """Yield a change of the first day."""
    path = ("agreement", "starts")
    return a_value(_TERM, "The first day of the agreement", pair, path, words=in_words)


def ends(pair: Pair) -> Iterator[ChangeDetail]:
    """Yield a change of the last day, or to no end date."""
    path = ("agreement", "ends")
    was, now = pair.both(*path)
    if was == now:
        return
    if was is None:
        end = "that it has no end date" if now == date.max else in_words(now)
        yield ChangeDetail(
            _TERM, f"The last day of the agreement is now recorded: {end}.", "ends", recorded=True, covers=(path,)
        )
    elif now is None:
        yield ChangeDetail(
            _TERM, f"The last day of the agreement is no longer recorded; {_it_ended(was)}.", "ends", covers=(path,)
        )
    else:
        end = "has no end date" if now == date.max else f"ends on {in_words(now)}"
        yield ChangeDetail(_TERM, f"The agreement now {end}; {_it_ended(was)}.", "ends", covers=(path,))


def _it_ended(was: date) -> str:
    return "it had no end date" if was == date.max else f"it was to end on {in_words(was)}"


def longest_extension(pair: Pair) -> Iterator[ChangeDetail]:
    """Yield a change of the longest extension."""
    label = "The longest time by which the agreement may be extended"
    return a_value(_TERM, label, pair, ("agreement", "extension", "up_to"))


def extension_decided_by(pair: Pair) -> Iterator[ChangeDetail]:
    """Yield a change of the day by which an extension has to be decided."""
    label = "The day by which an extension must be decided"
    path = ("agreement", "extension", "decide_by")
    return a_value(_TERM, label, pair, path, words=in_words)


def extension_decided(pair: Pair) -> Iterator[ChangeDetail]:
    """Yield the decision whether to extend the agreement."""
    return _happened(pair, ("agreement", "extension", "decided"), "Whether to extend the agreement was decided")


def _happened(pair: Pair, path: tuple[str, ...], label: str) -> Iterator[ChangeDetail]:
    was, now = pair.both(*path)
    if was == now:
        return
    if now is None:
        sentence = f"It is no longer recorded that {label[0].lower()}{label[1:]} on {in_words(was)}."
    elif was is None:
        sentence = f"{label} on {in_words(now)}."
    elif was < now and now > pair.since:
        sentence = f"{label} again on {in_words(now)}; before that, on {in_words(was)}."
    else:
        said = f"{label[0].lower()}{label[1:]} on {in_words(now)}"
        sentence = f"The file now says: {said}; it said {in_words(was)}."
    recorded = was is None and now <= pair.since
    yield ChangeDetail(_TERM, sentence, path[-1], recorded=recorded, covers=(path,))
