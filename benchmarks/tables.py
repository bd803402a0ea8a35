"""What was measured, as tables in a page of Markdown between two marks."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, Final

BEGIN: Final = "<!-- measured: begin -->"
END: Final = "<!-- measured: end -->"


def written_into(page: str, results: Mapping[str, Any]) -> str:
    """`page` with the tables of `results` between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    lines = "".join(f"{line}\n" for line in tables(results))
    return f"{before}{BEGIN}\n{lines}{END}{after}"


def tables(results: Mapping[str, Any]) -> Iterator[str]:
    """The lines of all tables: one for each size of register, kpf first."""
    machine = results["machine"]
    yield ""
    yield (
        f"Measured on {results['measured_on']} with kpf {results['kpf']}: {machine['cores']} cores of "
        f"{machine['processor']}, {machine['memory_gib']} GiB, {machine['system']}, Python {machine['python']}; "
        f"load before: {machine['load_before']}. Medians; *times kpf* is the wall time as a multiple of kpf check's."
    )
    for files, grouped in groupby(results["results"], key=lambda one: one["files"]):
        rows = list(grouped)
        kpf = rows[0]
        yield ""
        yield f"### {files:,} files"
        yield ""
        yield "| Program | Looks at | Runs | Wall, s | CPU, s | Memory, MiB | times kpf |"
        yield "|---|---|---:|---:|---:|---:|---:|"
        for row in rows:
            times = row["wall"] / kpf["wall"]
            yield (
                f"| {row['program']} | {row['what']} | {row['runs']} | {row['wall']:.2f} | {row['cpu']:.2f} "
                f"| {row['memory']:.0f} | {times:.2f} |"
            )
    yield ""
