"""Papers on many partnerships: the same words from any number of processes, and bounds that grow with the register."""

import pytest
from markupsafe import Markup

from kpf.papers.environment import MOST_TEXT, ORDINARY, PaperTooLarge, Paperwork
from kpf.papers.templates import Templates
from tests.cli.running import AS_AT, GOOD, kpf, register
from tests.report.papers import PROJECT

MANY = 30


def test_a_paper_is_the_same_from_one_process_and_from_two(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = register(tmp_path_factory.mktemp("many"), GOOD)
    file = folder / "partnerships" / GOOD
    text = file.read_text("utf-8")
    for number in range(1, MANY):
        name = "Leisure centres" if number in {7, 29} else f"Centre {number}"  # two of one name are judged again
        (folder / "partnerships" / f"centre-{number}.yaml").write_text(f"name: {name}\n{_without_name(text)}", "utf-8")
    monkeypatch.setattr("kpf.check.stream._WORTH_A_WORKER", 2)
    papers = []
    for cores in (1, 2):
        monkeypatch.setattr("kpf.check.stream.usable_cores", lambda cores=cores: cores)
        ran = kpf("report", "--period", "H1", "--as-at", AS_AT, cwd=folder)
        papers.append((ran.status, ran.out, ran.err))
    assert papers[0] == papers[1]
    assert "how the thirty key partnerships of" in papers[0][1]


def _without_name(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("name:"))


@pytest.mark.parametrize(("partnerships", "most"), [(1, 1), (ORDINARY, 1), (3 * ORDINARY, 3)])
def test_a_paper_on_more_partnerships_may_be_longer(partnerships: int, most: int) -> None:
    work = Paperwork(Templates(PROJECT), {}, partnerships)
    work.plain(Markup("x" * (MOST_TEXT * most)))  # noqa: S704 - plain letters, taken as they are
    with pytest.raises(PaperTooLarge):
        work.plain(Markup("x"))
