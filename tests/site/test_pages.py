"""What stands in the pages: sound HTML, links that lead somewhere, and nothing that is not known told as none."""

import re
from collections.abc import Iterator
from os.path import normpath
from pathlib import Path

import html5lib
import pytest

from kpf.framework import framework
from kpf.register.entries import FRAMEWORK
from kpf.register.register import list_register
from kpf.render.explain import RULES_WITHOUT_FUNCTION
from kpf.rules import RULES
from kpf.site.part import SitePart
from tests.editions.test_own_duties import edition
from tests.rules.laying import OWN, good, register, with_laid
from tests.site.sites import ALDERMERE, CHORLEY, KINDS, build, files_in, links_in, site_of, text_of

SITES = [(ALDERMERE, SitePart.INTERNAL), (ALDERMERE, SitePart.PUBLIC), (CHORLEY, SitePart.INTERNAL)]


def targets(path: str, files: dict[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """Where each link of a page leads: the link, the file and the place in it."""
    if path.endswith(".html"):
        for link in links_in(files[path].decode()):
            to, _, place = link.partition("#")
            yield link, normpath(Path(path).parent / to) if to else path, place


def dead_links(files: dict[str, bytes]) -> list[tuple[str, str]]:
    """The pages with links that lead nowhere, and those links."""
    ids = {path: set(re.findall(r' id="([^"]*)"', content.decode())) for path, content in files.items()}
    return [
        (path, link)
        for path in files
        for link, target, place in targets(path, files)
        if target not in files or (place and place not in ids[target])
    ]


@pytest.mark.parametrize(("register_folder", "part"), SITES)
def test_no_link_leads_nowhere(register_folder: Path, part: SitePart) -> None:
    files = files_in(site_of(register_folder, part))
    assert dead_links(files) == []
    reached = {target for path in files for _, target, _ in targets(path, files)}
    assert reached == files.keys() - {"made-by-kpf.txt"}, "each page can be reached"


@pytest.mark.parametrize(("register_folder", "part"), SITES[1:])
def test_pages_are_sound(register_folder: Path, part: SitePart) -> None:
    folder = site_of(register_folder, part)
    for path in [*KINDS, *(f"{name}/{min((folder / name).iterdir()).name}" for name in ("partnerships", "partners"))]:
        page = (folder / path).read_text("utf-8")
        html5lib.HTMLParser(strict=True).parse(page)
        ids = re.findall(r' id="([^"]*)"', page)
        assert len(ids) == len(set(ids)), f"an id of {path} stands twice"
        assert page.count("<h1") == 1


def test_each_rule_and_duty_has_a_page_where_other_programs_look_for_it() -> None:
    folder = site_of(ALDERMERE, SitePart.PUBLIC)
    for name in (*RULES, *RULES_WITHOUT_FUNCTION):
        assert f"<h1>{name}</h1>" in (folder / "rules" / f"{name}.html").read_text("utf-8")
    for duty, statement in framework().of_council("Aldermere Borough Council").statements.items():
        assert statement.duty in text_of((folder / "duties" / f"{duty}.html").read_text("utf-8"))


def test_each_page_of_the_internal_part_says_so_and_none_of_the_public_one() -> None:
    for part, says in ((SitePart.INTERNAL, True), (SitePart.PUBLIC, False)):
        for path, content in files_in(site_of(ALDERMERE, part)).items():
            if path.endswith(".html"):
                assert ("Internal. These pages show exempt information." in text_of(content.decode())) is says, path


def test_no_page_speaks_of_percentages_or_of_being_compliant() -> None:
    for path, content in files_in(site_of(CHORLEY, SitePart.INTERNAL)).items():
        if path.endswith(".html") and not path.startswith(("rules", "duties")):
            assert "compliant" not in text_of(content.decode()).lower(), path
            assert not re.search(r"\d ?%", text_of(content.decode())), path


def test_the_front_tells_members_how_things_stand() -> None:
    text = text_of((site_of(CHORLEY, SitePart.INTERNAL) / "index.html").read_text("utf-8"))
    assert "Chorley Council has thirteen partnerships in its register: all running." in text
    assert "too little is recorded to say" in text
    assert "may be overdue" in text, "what was never recorded is not told as nothing overdue"
    assert "0 overdue" not in text


def test_the_map_leads_to_file_and_line(tmp_path: Path) -> None:
    build(register(with_laid(("leisure-centres.yaml", {"partners": None}))), SitePart.INTERNAL, tmp_path)
    page = (tmp_path / "map.html").read_text("utf-8")
    found = re.search(r'<td class="not_known"><a href="(partnerships/leisure-centres.html)#(section-definition)"', page)
    assert found
    section = (tmp_path / found[1]).read_text("utf-8").partition(f'id="{found[2]}"')[2].partition("</details>")[0]
    assert "Nothing is recorded for <code>partners</code>." in section
    assert re.search(r"<code>leisure-centres.yaml:\d+</code>", section)


def test_what_is_not_recorded_is_never_told_as_none(tmp_path: Path) -> None:
    files = {"parks.yaml": {"name": "Parks"}, "_council.yaml": {}, "_organisations.yaml": {}}
    build(register(files), SitePart.PUBLIC, tmp_path)
    text = text_of((tmp_path / "partnerships" / "parks.html").read_text("utf-8"))
    for name in ("Kind", "Lead service", "Manager", "Executive member", "Partners", "Why it is a key partnership"):
        assert f"{name} Not recorded" in text
    assert not re.search(r"\bnone\b", text, re.IGNORECASE)
    for said in ("No measure is recorded", "No entry of a joint risk register is recorded"):
        assert said in text


def test_meetings_of_which_it_is_recorded_that_there_were_none(tmp_path: Path) -> None:
    over = {"monitoring": {"arrangements": {"board": {"what": "Board meetings.", "every": "3 months", "held": "none"}}}}
    build(register(with_laid(("leisure-centres.yaml", over))), SitePart.INTERNAL, tmp_path)
    page = (tmp_path / "partnerships" / "leisure-centres.html").read_text("utf-8")
    assert "Board meetings. every 3 months 0 of 4 none held" in text_of(page)


def test_duties_that_a_council_adds_have_pages_and_stand_on_the_map(tmp_path: Path) -> None:
    build(register({**with_laid(), FRAMEWORK: edition()}), SitePart.INTERNAL, tmp_path)
    assert "The council's own duties" in text_of((tmp_path / "map.html").read_text("utf-8"))
    assert "looked at again every three years" in text_of((tmp_path / "duties" / "DPA-1.html").read_text("utf-8"))
    page = (tmp_path / "partnerships" / "leisure-centres.html").read_text("utf-8")
    own = "Of the duties that the council has added to the framework, 0 are met and 0 not met. For 1, too little"
    for path in ("index.html", "partnerships/leisure-centres.html"):
        assert own in text_of((tmp_path / path).read_text("utf-8"))
    assert (
        "Nothing is recorded for <code>dpia_agreed</code>" in page.partition('id="DPA-1"')[2].partition("</article>")[0]
    )
    assert dead_links(files_in(tmp_path)) == []


def test_own_duties_under_a_heading_of_the_framework_stand_apart_too(tmp_path: Path) -> None:
    build(register({**with_laid(), FRAMEWORK: edition({"section": "Data Quality"})}), SitePart.INTERNAL, tmp_path)
    page = (tmp_path / "partnerships" / "leisure-centres.html").read_text("utf-8")
    (key,) = (one.key for one in framework().sections if one.title == "Data Quality")
    assert page.index(f'id="section-{key}"') < page.index('id="own"') < page.index(f'id="own-{key}"')
    assert page.index(f'id="own-{key}"') < page.index('id="DPA-1"')
    assert dead_links(files_in(tmp_path)) == []
    cell = re.search(rf'leisure-centres.html#section-{key}" title="[^"]*: (\w+)', (tmp_path / "map.html").read_text())
    assert cell
    assert cell[1] == "met"


@pytest.mark.parametrize("most", [1, 2])
def test_the_timetable_of_reviews_is_a_picture_too(most: int, tmp_path: Path) -> None:
    """Two reviews of one service in one quarter, of which it can carry `most`; a third has no day."""
    over = {"council_ends": None, "local_choices": {"reviews_a_service_can_carry_in_a_quarter": most}}
    again = {**good()[OWN], "name": "Swimming"}
    files = {**with_laid(("_council.yaml", over)), "swimming.yaml": again, "parks.yaml": {"name": "Parks"}}
    build(register(files), SitePart.INTERNAL, tmp_path)
    page = (tmp_path / "due.html").read_text("utf-8")
    picture = page.partition("<svg")[2].partition("</svg>")[0]
    assert "Leisure and Open Spaces 2." in picture
    assert ('class="mark over"' in picture) is (most == 1)
    assert ("more than the 1 that one service can carry" in text_of(page)) is (most == 1)
    assert "1 review has no due date yet, because too little is recorded: Parks" in text_of(page)


def test_a_file_that_cannot_be_read_keeps_its_page(tmp_path: Path) -> None:
    folder = tmp_path / "partnerships"
    folder.mkdir()
    (folder / "parks.yaml").write_text("name: Parks\nkind: [contract\n")
    build(list_register(tmp_path), SitePart.INTERNAL, tmp_path / "site")
    text = text_of((tmp_path / "site" / "partnerships" / "parks.html").read_text("utf-8"))
    assert "cannot be read, so this page has little to show" in text
    assert "What is due is not known, because the file cannot be read." in text
    front = text_of((tmp_path / "site" / "index.html").read_text("utf-8"))
    assert "one partnership in its register: it is unreadable." in front
    for page in (text, front):
        assert "Not recorded" not in page, "nobody knows what the file records"
        assert "running" not in page


def test_words_of_the_files_are_text_and_nothing_else(tmp_path: Path) -> None:
    hostile = '</p><script>alert(1)</script>" onclick="x\u202e{{ 7 * 7 }}'
    over = {"name": hostile, "remit": hostile, "manager": hostile, "partners": [hostile]}
    files = {"leisure-centres.yaml": over, "_organisations.yaml": {hostile: {"sector": "voluntary", "brings": hostile}}}
    build(register(with_laid(*files.items())), SitePart.INTERNAL, tmp_path)
    for path, content in files_in(tmp_path).items():
        page = content.decode()
        assert "<script>alert" not in page, path
        assert "\u202e" not in page, path
        assert '" onclick="x' not in page or path.endswith(".js"), path
    for path in ("index.html", "map.html", "partners.html", "search.html", "partnerships/leisure-centres.html"):
        html5lib.HTMLParser(strict=True).parse((tmp_path / path).read_text("utf-8"))
