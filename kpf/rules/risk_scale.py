"""Rules on risk management: scores on the council's scale, and the tolerance of each side."""

from collections.abc import Iterator

from kpf.finding import Judgement
from kpf.model import Partnership
from kpf.model.risks import Risk
from kpf.rules.case import Case
from kpf.rules.partners import THE_COUNCIL
from kpf.rules.rule import rule
from kpf.rules.subjects import entries, partners


@rule(
    each=entries("risks", "entries"),
    example="""
    risks: {entries: {plant-fails: {likelihood: 9, impact: 0}}}
    """,
)
def risk_off_the_scale(entry: Risk, case: Case) -> Judgement:
    """Likelihood and impact are on the council's scale.

    Why: seriousness can be compared only on one scale.
    How to fix: score it from 1 up to the highest value under risk_scale in _council.yaml.
    """
    scale = case.council.risk_scale
    for name in ("likelihood", "impact"):
        score, most = getattr(entry, name), getattr(scale, name)
        if score is None:
            return case.reported_elsewhere(f"Nothing is recorded for `{name}`.", name)
        if most is None:
            return case.reported_elsewhere(f"Nothing is recorded for `risk_scale.{name}` in _council.yaml.", name)
        if not 1 <= score <= most:
            return case.not_met(
                name, f"`{name}` is {score}; the council's scale goes from 1 to {most}.", f"Score it from 1 to {most}."
            )
    return case.met("likelihood", "impact")


def _highest_score(case: Case) -> int | None:
    """Return the highest score on the council's scale, likelihood times impact; None without a scale."""
    scale = case.council.risk_scale
    if scale.likelihood is None or scale.impact is None:
        return None
    return scale.likelihood * scale.impact


@rule(
    councils_own=True,
    example_file="_council.yaml",
    example="""
    risk_scale: {high_from: 99}
    """,
)
def bands_off_the_scale(_: Partnership, case: Case) -> Judgement:
    """The scores from which a risk is high or medium are on the council's scale, medium below high.

    Why: where high begins above the highest possible score, no risk is ever called high.
    How to fix: write both scores as the council's risk register template has them: high_from: 12, medium_from: 6
    """
    scale, most = case.council.risk_scale, _highest_score(case)
    if most is None:
        return case.reported_elsewhere("Nothing is recorded for the scale.", "risk_scale")
    for name, score in (("high_from", scale.high_from), ("medium_from", scale.medium_from)):
        if score is not None and not 1 <= score <= most:
            message = f"`{name}` is {score}; the scale goes up to {most} ({scale.likelihood} times {scale.impact})."
            return case.not_met(("risk_scale", name), message, f"Write a score from 1 to {most}.")
    if scale.high_from and scale.medium_from and scale.medium_from >= scale.high_from:
        message = (
            f"A risk is medium from {scale.medium_from} and high from {scale.high_from}, so no risk can be medium."
        )
        return case.not_met(("risk_scale", "medium_from"), message, "Write the lower score there.")
    return case.met("risk_scale")


def _tolerances(case: Case) -> Iterator[tuple[str, Case]]:
    yield THE_COUNCIL, case.about(THE_COUNCIL)
    yield from partners(case)


@rule(
    each=_tolerances,
    example="""
    risks: {tolerance: {the council: 6}}
    """,
)
def risk_above_tolerance(organisation: str, case: Case) -> Judgement:
    """No risk is higher than what the council and each partner have said they accept.

    Why: the risk that partners share has to be balanced against what each of them can bear.
    How to fix: lower the risk by further controls, or agree on a higher tolerance and write it.
    """
    risks = case.partnership.risks
    if risks.tolerance is None or not risks.entries:
        return case.reported_elsewhere("Nothing is recorded for `tolerance` or `entries`.")
    trail = ("risks", "tolerance")
    accepted = risks.tolerance.get(organisation)
    if accepted is None:
        return case.not_recorded(
            trail,
            f"The file does not say how much risk {organisation} accepts.",
            f"Write under it the highest score it accepts: {organisation}: 9",
        )
    most = _highest_score(case)
    if most is not None and accepted > most:
        message = f"No risk can score {accepted}, which {organisation} is said to accept: the scale ends at {most}."
        fix = f"Agree on the highest score that it accepts, and write that: {organisation}: {min(9, most)}"
        return case.not_met((*trail, organisation), message, fix)
    for name, entry in (risks.entries or {}).items():
        if (
            entry
            and entry.risk
            and entry.likelihood is not None
            and entry.impact is not None
            and entry.likelihood * entry.impact > accepted
        ):
            score = entry.likelihood * entry.impact
            message = f"The risk `{name}` scores {score}, more than the {accepted} that {organisation} accepts."
            return case.not_met(
                (*trail, organisation),
                message,
                "Lower the risk by further controls, or agree on a higher tolerance and write it.",
            )
    return case.met((*trail, organisation))
