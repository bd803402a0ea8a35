"""Which duties apply to one partnership. Each answer is calculated once and then kept."""

from kpf.rules.case import Case
from kpf.rules.conditions import applies, standing
from kpf.rules.stages import Answer


class Asked:
    """The answers for the partnership of a case, whether each duty applies."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._standing = standing(case)
        self._answers: dict[str, Answer] = {}
        self._living: dict[tuple[str, ...], tuple[str, ...]] = {}

    def answer(self, duty: str) -> Answer:
        """Return whether `duty` applies, and the reason if not."""
        known = self._answers.get(duty)
        if known is None:
            known = self._answers[duty] = applies(duty, self._case, self._standing)
        return known

    def living(self, duties: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of `duties` that apply, each once."""
        known = self._living.get(duties)
        if known is None:
            known = self._living[duties] = tuple([duty for duty in dict.fromkeys(duties) if self.answer(duty).applies])
        return known
