"""The documents keep up with what they tell of: links lead somewhere, tests they name exist, models they show hold."""

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pydantic import TypeAdapter

from tests.warehouse.results import asked
from warehouse.check import THOROUGH, check
from warehouse.checks.document import read
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import load
from warehouse.period import Period
from warehouse.query import Condition
from warehouse.spec import ModelSpec
from warehouse.warehouse import Warehouse

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
TIMING = re.compile(r"\d\s(?:s|seconds|GB|MB)\b")


def links_of(document: Path) -> list[str]:
    """Where the document's relative links lead, without the part after #."""
    targets = [one or other for one, other in LINK.findall(document.read_text(encoding="utf-8"))]
    return [target.split("#")[0] for target in targets if not re.match(r"[a-z]+:|#", target)]


def test_documents_and_links_are_found() -> None:
    names = {document.name for document in DOCUMENTS}
    assert {"README.md", "README.zh-CN.md", "CHANGELOG.md", "demo-shop.md", "benchmarks.md"} <= names
    assert "README.zh-CN.md" in links_of(ROOT / "README.md")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    assert [target for target in links_of(document) if not (document.parent / target).exists()] == []


def test_tests_that_the_demo_shop_names_exist() -> None:
    told = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "demo-shop.md").read_text(encoding="utf-8")))
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "warehouse" / "demo").glob("test_*.py"))
    there = {name for source in sources for name in re.findall(r"^def (test_\w+)\(", source, re.MULTILINE)}
    assert len(told) > 20
    assert told - there == set()


def test_one_document_alone_tells_how_long_a_build_takes() -> None:
    assert TIMING.search((ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8"))
    assert TIMING.findall((ROOT / "docs" / "demo-shop.md").read_text(encoding="utf-8")) == []


def _model_page() -> list[tuple[str, str]]:
    """The sections of docs/model.md: heading and text."""
    text = (ROOT / "docs" / "model.md").read_text("utf-8")
    return [(heading, body) for heading, _, body in (each.partition("\n") for each in text.split("\n## "))]


def test_every_part_of_a_model_shown_has_the_form_of_one() -> None:
    shown = 0
    for heading, body in _model_page():
        for block in re.findall(r"^```yaml\n(.*?)^```", body, re.MULTILINE | re.DOTALL):
            data = read(block).data
            sections = data if data and data.keys() <= ModelSpec.model_fields.keys() else {heading.lower(): data}
            for section, entries in (sections if data else {}).items():
                form: Any = ModelSpec.model_fields[section].annotation
                TypeAdapter(form).validate_python(entries)
                shown += 1
    assert shown > 15


def test_every_condition_and_period_shown_has_the_form_of_one() -> None:
    told = [each for heading, body in _model_page() if heading == "Segments" for each in re.findall(r"`({.*?})`", body)]
    whole = [each for each in told if "…" not in each]
    for each in whole:
        TypeAdapter(Condition | Period).validate_python(read(each).data)
    assert len(whole) > 8


def test_the_small_model_is_whole_and_answers(tmp_path: Path) -> None:
    """The last tables and model that docs/model.md shows, with three sales."""
    blocks = re.findall(
        r"^```(\w+)\n(.*?)^```", (ROOT / "docs" / "model.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    shop, model = tmp_path / "shop.duckdb", tmp_path / "model.yml"
    model.write_text([text for kind, text in blocks if kind == "yaml"][-1], "utf-8")
    with duckdb.connect(str(shop)) as connection:
        connection.execute([text for kind, text in blocks if kind == "sql"][-1])
        connection.execute("INSERT INTO buyers VALUES (1, '杭州'), (2, '上海')")
        connection.execute(
            "INSERT INTO sales VALUES (1, '2026-05-02', 5), (1, '2026-05-31', 7.5), (2, '2026-06-01', 9)"
        )
    engine = DuckDbEngine(shop)
    assert check(model, engine, checks=THOROUGH)[1] == ()
    may = {"kind": "part", "unit": "month", "number": 5, "year": 2026}
    with Warehouse(engine, load(model)).reading() as reading:
        assert asked(reading, metrics=["revenue"], by=["city"], period=may) == [["杭州", 12.5]]
    engine.close()
