"""The documents keep up with what they tell of: links lead somewhere, and tests that they name exist."""

import re
from pathlib import Path

import pytest

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
