"""A paper as long and as varied as those that Executive Cabinet gets, made up from end to end."""

from datetime import date
from pathlib import Path
from typing import Final

from kpf.papers.document import Chart, Paper, Series

ROWS: Final = "\n".join(
    f"| Partnership {number} | Streetscene and Leisure Contracts | To collect waste and recycling, and to improve the "
    f"service while the contract lasts. | Meetings every month; a board each quarter. | no |"
    for number in range(1, 31)
)
MARKDOWN: Final = Path(__file__).with_name("paper.md").read_text("utf-8").replace("| | | | | |", ROWS)

PAPER: Final = Paper(
    title="Key partnerships: performance from 1 April to 30 September 2026 (H1 2026/27)",
    author="Head of Policy",
    as_at=date(2026, 11, 23),
    markdown=MARKDOWN,
    charts={
        "missed": Chart(
            "Collections missed",
            ("2024/25 H1", "2024/25 H2", "2025/26 H1", "2025/26 H2", "2026/27 H1"),
            (Series("Missed", (204, 191, None, 187, 212)), Series("Target", (200, 200, 190, 190, 180))),
            "collections",
        ),
        "reviews": Chart("Reviews planned", ("2026/27 H2", "2027/28 H1"), (Series("Reviews", (1, 2)),)),
    },
)


def paper(markdown: str, title: str = "A paper", charts: dict[str, Chart] | None = None) -> Paper:
    """One that says only this."""
    return Paper(title, "Head of Policy", date(2026, 11, 23), markdown, charts or {})
