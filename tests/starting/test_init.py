"""`kpf init`: a new council's register, all of it or nothing, and nothing that is there is touched."""

import re
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from kpf.disk.folder import OpenFolder
from kpf.disk.put import write_new
from kpf.document import read_document
from kpf.edit.start import laying
from kpf.edit.start.council import HOSTS, Host, PackageSource, fixed_files
from kpf.edit.writing import is_written
from kpf.model import Council, read_record
from kpf.schema import SCHEMAS, schema_file, schema_text
from tests.cli.running import PROJECT, kpf
from tests.processes import SECONDS
from tests.starting.typing import CTRL_C, CTRL_D, piped, typed

EVERYTHING = [
    ".pre-commit-config.yaml",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    ".yamllint",
    "README.md",
    "partnerships/_council.yaml",
    "partnerships/_organisations.yaml",
    *sorted(f"schemas/{schema_file(name)}" for name in SCHEMAS),
]
ANSWERS = [
    "Testford: the borough #1",
    "2012-11",
    "2026-03-12",
    "2026-03-12",
    "2026-10-01",
    "",
    "Healthy communities",
    "Good homes",
    "",
    "Leisure",
    "",
    "Monitoring Officer",
    "Head of Policy",
    "2026-05-19",
    "2026-05-29",
    "Executive Cabinet",
    "2026-09-10",
    "EC/26/61",
    "4",
    "4",
    "none",
]


def files(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_without_a_question_it_makes_everything_and_says_what_comes_next(tmp_path: Path) -> None:
    ran = kpf("init", "register", "--no-input", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert files(tmp_path / "register") == EVERYTHING
    assert "\nThe register is in register/. Made:\n  partnerships/_council.yaml\n" in ran.out
    assert "duties are open. kpf check register/partnerships/_council.yaml says what to write.\n" in ran.out
    assert ran.out.endswith("Next, start the first partnership: cd register, then kpf new leisure-centres\n")
    assert kpf("schema", "--check", cwd=tmp_path / "register").status == 0


def test_what_is_answered_through_a_pipe_stands_in_the_file(tmp_path: Path) -> None:
    ran = piped(ANSWERS, "init", "--as-at", "2026-11-23", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert "Nothing is left to do in what all partnerships share: no duty is open.\n" in ran.out
    document = read_document("_council.yaml", (tmp_path / "partnerships/_council.yaml").read_bytes())
    council, refused = read_record(Council, document)
    assert (document.findings(), refused) == ([], [])
    assert council.council == "Testford: the borough #1"
    assert council.priorities == {"healthy-communities": "Healthy communities", "good-homes": "Good homes"}
    assert council.roles == {"Head of Governance": "Monitoring Officer", "Policy and Communications": "Head of Policy"}
    assert document.data["framework"] == {
        "title": "Key Partnerships Framework",
        "edition": "November 2012",
        "adopted": "2012-11",
        "last_reviewed": "2026-03-12",
    }
    checked = kpf("check", "--as-at", "2026-11-23", cwd=tmp_path)
    assert checked.status == 1
    assert checked.out.startswith("What all partnerships share\nThere is no partnership in partnerships/ yet.")
    assert "\n1 error, 1 note.\n" in checked.out
    assert "Nothing before 1 October 2026 is asked for" in " ".join(checked.out.split())


def test_options_answer_the_same(tmp_path: Path) -> None:
    options = {
        "--council": "Testford",
        "--codes-of-conduct-officers-declared": "2026-05-29",
        "--roles-head-of-governance": "Monitoring Officer",
    }
    kpf("init", "--no-input", *(word for pair in options.items() for word in pair), cwd=tmp_path)
    data = read_document("_council.yaml", (tmp_path / "partnerships/_council.yaml").read_bytes()).data
    assert data["council"] == "Testford"
    assert data["codes_of_conduct"] == {"officers": {"declared": "2026-05-29"}}
    assert data["roles"] == {"Head of Governance": "Monitoring Officer", "Policy and Communications": None}


def test_two_priorities_of_one_id_and_one_without_letters_keep_apart(tmp_path: Path) -> None:
    kpf("init", "--no-input", *["--priorities", "Green!", "--priorities", "green", "--priorities", "緑"], cwd=tmp_path)
    data = read_document("_council.yaml", (tmp_path / "partnerships/_council.yaml").read_bytes()).data
    assert data["priorities"] == {"green": "Green!", "green-2": "green", "priority": "緑"}


def test_an_option_that_would_not_be_understood_is_2_and_makes_nothing(tmp_path: Path) -> None:
    said = kpf("init", "--framework-adopted", "11/2012", cwd=tmp_path).said
    assert said == (
        "--framework-adopted: `adopted` holds “11/2012”, which cannot be read as a day or a month. "
        "Write a day or a month, for example 2026-11-23 or 2026-11."
    )
    assert files(tmp_path) == []


def test_an_answer_that_would_not_be_understood_is_2_on_a_pipe(tmp_path: Path) -> None:
    ran = piped(["Testford", "soon"], "init", cwd=tmp_path)
    assert ran.status == 2
    assert "Framework, adopted: `adopted` says “soon”" in ran.err
    assert files(tmp_path) == []


# -- what is there already -----------------------------------------------------------------------------


def test_it_says_what_is_there_and_stops_before_anything_is_asked_or_made(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Ours.\n")
    (tmp_path / "partnerships").mkdir()
    (tmp_path / "partnerships" / "_council.yaml").write_text("council: Ours\n")
    ran = piped(ANSWERS, "init", cwd=tmp_path)
    assert ran.said == (
        "README.md and partnerships/_council.yaml are there already in this folder. kpf init overwrites nothing, and "
        "has made nothing. Move them away, or keep them and have only the other files made: kpf init --keep"
    )
    assert files(tmp_path) == ["README.md", "partnerships/_council.yaml"]


def test_what_is_there_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Ours.\n")
    ran = piped(ANSWERS, "init", "--keep", cwd=tmp_path)
    assert ran.status == 0
    assert (tmp_path / "README.md").read_text() == "Ours.\n"
    assert files(tmp_path) == EVERYTHING
    again = piped(ANSWERS, "init", "--keep", "--ci", "none", cwd=tmp_path)
    assert (again.status, again.out.splitlines()[0]) == (0, "Nothing was left to make.")


def test_a_run_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrote = write_new

    def full(staging: OpenFolder, new: str, content: bytes, old: int | None, name: str) -> tuple[str, ...]:
        if name == "_council.yaml":
            raise OSError(28, "No space left on device", str(staging.path / new))
        return wrote(staging, new, content, old, name)

    monkeypatch.setattr("kpf.disk.together.write_new", full)
    said = kpf("init", "deep/register", "--no-input", cwd=tmp_path).said
    assert said == (
        "deep/register/partnerships/_council.yaml cannot be written: no space left on device. Nothing was changed."
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", HOSTS)
def test_each_file_is_one_that_an_unfinished_change_may_hold(host: Host) -> None:
    for new in fixed_files(host, None, at_the_top=True):
        assert is_written(tuple(new.path.split("/")))


def test_a_run_that_was_killed_can_be_made_again(tmp_path: Path) -> None:
    kpf("init", "--no-input", cwd=tmp_path)
    for name in ("partnerships/_council.yaml", "README.md"):  # the last to be made, and one before it
        (tmp_path / name).unlink()
    assert kpf("init", "--no-input", cwd=tmp_path).status == 0
    assert files(tmp_path) == EVERYTHING


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("file", "file is a file. Say in which folder the register is to be: kpf init DIR"),
        (
            "partnerships",
            "A folder partnerships/ is made inside the register. Say where the register itself is to be: kpf init .",
        ),
    ],
)
def test_where_no_register_can_be(tmp_path: Path, where: str, said: str) -> None:
    (tmp_path / "file").write_text("")
    assert kpf("init", where, "--no-input", cwd=tmp_path).said == said


# -- build servers -------------------------------------------------------------------------------------


def repository(folder: Path, address: str | None) -> None:
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True, timeout=SECONDS)
    if address:
        subprocess.run(["git", "-C", str(folder), "remote", "add", "origin", address], check=True, timeout=SECONDS)


@pytest.mark.parametrize(
    ("address", "made"),
    [
        ("git@github.com:council/register.git", ".github/workflows/register.yml"),
        ("https://gitlab.council.example/policy/register.git", ".gitlab-ci.yml"),
        ("https://council@dev.azure.com/council/register/_git/register", "azure-pipelines.yml"),
        ("https://git.council.example/register.git", None),
        (None, None),
    ],
)
def test_the_service_is_found_by_where_git_keeps_the_files(
    tmp_path: Path, address: str | None, made: str | None
) -> None:
    repository(tmp_path, address)
    ran = kpf("init", "--no-input", cwd=tmp_path)
    assert ran.status == 0
    found = [name for name in files(tmp_path) if not name.startswith(".git/") and name not in EVERYTHING]
    assert found == ([made] if made else [])
    if made:
        assert f"  {made}\n      a check of each proposed change" in ran.out
        assert (
            "Before you use these, write in them where kpf itself is kept:\n  .pre-commit-config.yaml: replace"
            in ran.out
        )
        assert f"\n  {made}: replace " in ran.out
    else:
        assert "No check of proposed changes was made. To have one later: kpf init --keep --ci github\n" in ran.out


def test_below_the_top_of_a_repository_no_check_is_made_and_that_is_said(tmp_path: Path) -> None:
    repository(tmp_path, "https://gitlab.example.org/a/b.git")
    ran = kpf("init", "deep/register", "--no-input", cwd=tmp_path)
    assert ran.status == 0
    assert "It is below the top of a git repository" in ran.out
    assert not (tmp_path / "deep/register/.gitlab-ci.yml").exists()
    assert not (tmp_path / "deep/register/.pre-commit-config.yaml").exists()


def test_where_git_does_not_answer_the_service_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = piped([*ANSWERS[:-1], "azure"], "init", cwd=tmp_path)
    assert "Service: azure\n" in ran.out
    assert (tmp_path / "azure-pipelines.yml").is_file()


def test_a_service_that_is_not_known_is_2(tmp_path: Path) -> None:
    assert kpf("init", "--ci", "gitlub", cwd=tmp_path).said == (
        "--ci gitlub is not known. Did you mean gitlab? Write one of: github, gitlab, azure, none."
    )
    ran = piped([*ANSWERS[:-1], "jenkins"], "init", cwd=tmp_path)
    assert ran.status == 2
    assert "Service: “jenkins” is not one of github, gitlab, azure, none." in ran.err


def test_the_address_of_kpf_is_put_in(tmp_path: Path) -> None:
    ran = kpf(
        "init", "--no-input", "--ci", "gitlab", "--kpf-from", "https://git.town.gov.uk/kpf.git@v2.0", cwd=tmp_path
    )
    assert "Put in where" not in ran.out
    assert "  KPF: https://git.town.gov.uk/kpf.git\n  KPF_VERSION: v2.0\n" in (tmp_path / ".gitlab-ci.yml").read_text()
    hooks = (tmp_path / ".pre-commit-config.yaml").read_text()
    assert "repo: https://git.town.gov.uk/kpf.git\n    rev: v2.0\n" in hooks


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("https://x/kpf.git", "names no version"),
        ("https://me@x/kpf.git", "names no version"),
        ("git@host:kpf.git", "names no version"),
        ("https://x/k pf@v1", "is not an address: it holds a space or a quotation mark."),
    ],
)
def test_an_address_without_a_version_is_2(tmp_path: Path, given: str, said: str) -> None:
    assert said in kpf("init", "--kpf-from", given, cwd=tmp_path).said


@pytest.mark.parametrize(
    ("recorded", "source"),
    [
        (
            '{"url": "https://github.com/policy/kpf.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}',
            PackageSource("https://github.com/policy/kpf.git", "abc"),
        ),
        ('{"url": "https://me:secret@host/kpf.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}', None),
        ('{"url": "file:///home/me/kpf", "dir_info": {}}', None),
        ("no json", None),
        (None, None),
    ],
)
def test_where_kpf_came_from_is_known_if_others_can_reach_it(
    recorded: str | None, source: PackageSource | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return recorded

    monkeypatch.setattr(laying, "distribution", lambda _: Installed())
    assert laying.installed_from() == source
    if source:
        workflow = next(new for new in fixed_files("github", source, at_the_top=True) if "workflows" in new.path)
        assert (workflow.to_put_in, workflow.content.count(b"uses: policy/kpf@abc\n")) == ("", 3)


# -- what comes with kpf -------------------------------------------------------------------------------


def test_what_a_build_server_gets_is_what_the_page_about_them_shows() -> None:
    page = (PROJECT / "docs" / "ci.md").read_text("utf-8")
    shown = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    for host in ("github", "gitlab", "azure"):
        made = fixed_files(host, None, at_the_top=True)
        for new in made:
            if new.to_put_in:
                assert new.content.decode() in shown


# -- publishing the pages -------------------------------------------------------------------------------

SITE = ".github/workflows/site.yml"


def test_the_pages_are_published_only_where_that_is_asked_for(tmp_path: Path) -> None:
    ran = kpf("init", "--no-input", "--ci", "github", cwd=tmp_path)
    assert not (tmp_path / SITE).exists()
    assert "To publish the register's public pages as well: kpf init --keep --ci github --publish\n" in ran.out
    ran = kpf("init", "--no-input", "--keep", "--ci", "github", "--publish", cwd=tmp_path)
    assert ran.status == 0
    assert f"  {SITE}\n      the public pages of the register, published every morning\n" in ran.out
    assert f"  {SITE}: replace YOUR-ORGANISATION/kpf and COMMIT\n" in ran.out
    assert "under Pages, choose GitHub Actions as the source." in ran.out


def test_gitlab_publishes_them_by_a_job_in_its_one_file(tmp_path: Path) -> None:
    ran = kpf("init", "--no-input", "--ci", "gitlab", "--publish", cwd=tmp_path)
    jobs = YAML(typ="safe", pure=True).load(tmp_path / ".gitlab-ci.yml")
    assert {"key-partnerships", "pages"} < jobs.keys()
    assert "under Build, Pipeline schedules, add a schedule." in ran.out
    ran = kpf("init", "--no-input", "--keep", "--ci", "gitlab", "--publish", cwd=tmp_path)
    assert ".gitlab-ci.yml was there already, and was kept. docs/site.md of kpf has the job to add to it." in ran.out


def test_where_kpf_is_kept_stands_in_the_workflow_that_publishes() -> None:
    source = PackageSource("https://github.com/policy/kpf.git", "abc")
    (made,) = (new for new in fixed_files("github", source, at_the_top=True, publish=True) if new.path == SITE)
    assert (made.to_put_in, made.content.count(b"repository: policy/kpf\n          ref: abc\n")) == ("", 1)


@pytest.mark.parametrize("service", ["azure", "none"])
def test_what_cannot_publish_is_not_asked_to(service: str, tmp_path: Path) -> None:
    ran = kpf("init", "--no-input", "--ci", service, "--publish", cwd=tmp_path)
    assert ran.said.startswith("--publish is for GitHub Pages and GitLab Pages. Say which: --ci github, or")
    assert files(tmp_path) == []


def test_below_the_top_of_a_repository_nothing_would_publish_them(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True, timeout=SECONDS)
    (tmp_path / "register").mkdir()
    ran = kpf("init", "--no-input", "--ci", "github", "--publish", cwd=tmp_path / "register")
    assert ran.said.startswith("This folder is not the top of its git repository")
    assert not (tmp_path / "register" / "partnerships").exists()


# -- what the editor gets -------------------------------------------------------------------------------


def test_the_settings_of_the_editor_are_those_of_this_project() -> None:
    made = {new.path: new.content for new in fixed_files("none", None, at_the_top=False)}
    for name in ("settings.json", "extensions.json"):
        assert made[f".vscode/{name}"] == (PROJECT / ".vscode" / name).read_bytes()
    for name in SCHEMAS:
        assert made[f"schemas/{schema_file(name)}"] == schema_text(name).encode()


def test_the_page_for_officers_names_commands_that_there_are_and_files_that_can_be_read(tmp_path: Path) -> None:
    kpf("init", "--no-input", cwd=tmp_path)
    page = (tmp_path / "README.md").read_text()
    named = set(re.findall(r"`kpf (\w+)", page))
    assert named == {"check", "new", "due", "site", "explain"}
    for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL):
        lines = "".join(line.removeprefix("   ") for line in block.splitlines(keepends=True))
        assert read_document("_shown", lines.encode()).faults == ()
    for file in (".pre-commit-config.yaml", "partnerships/_council.yaml"):
        YAML(typ="safe", pure=True).load(tmp_path / file)


# -- at a terminal -------------------------------------------------------------------------------------


def test_at_a_terminal_an_answer_is_asked_for_again_with_what_to_write(tmp_path: Path) -> None:
    status, seen = typed(
        {"Council": ["Tëstford"], "Framework, adopted": ["1/2/2013", ""], "Service": ["x", "gith"]},
        "init",
        cwd=tmp_path,
    )
    assert status == 0
    message = "`adopted` holds “1/2/2013”, which cannot be read as a day or a month. Write it as: 2013-02-01"
    assert message in " ".join(seen.split())
    assert "Framework, adopted (Enter takes 2013-02-01): \n" in seen
    assert "“x” is not one of github, gitlab, azure, none.\n" in seen
    data = read_document("_council.yaml", (tmp_path / "partnerships/_council.yaml").read_bytes()).data
    assert (data["council"], data["framework"]["adopted"]) == ("Tëstford", "2013-02-01")
    assert (tmp_path / ".github/workflows/register.yml").is_file()
    assert "\x1b" not in seen.replace("\x1b[?2004h", "").replace("\x1b[?2004l", "")


def test_ctrl_d_leaves_all_the_rest_open(tmp_path: Path) -> None:
    status, seen = typed({"Council": ["Testford"], "Framework, adopted": [CTRL_D]}, "init", cwd=tmp_path)
    assert status == 0
    assert "Service" not in seen
    assert all(len(line) < 80 for line in seen.partition("Made:")[0].splitlines())
    assert files(tmp_path) == EVERYTHING


def test_ctrl_c_ends_with_130_and_nothing_is_made(tmp_path: Path) -> None:
    status, seen = typed({"Framework, adopted": [CTRL_C]}, "init", cwd=tmp_path)
    assert status == 130
    assert seen.rstrip().endswith("Stopped. Nothing was written.")
    assert list(tmp_path.iterdir()) == []
