"""The shape of the code: who imports whom, how long things are, and that no shop is named in it."""

import ast
import graphlib
import os
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from importlinter.cli import lint_imports

from tools.rfm.segments import SEGMENTS

ROOT = Path(__file__).parents[1]
PACKAGES = ("agent", "tools", "warehouse", "ui", "prompts", "workspace")
SHOP = ROOT / "warehouse" / "demo"
SHOP_MODEL = ROOT / "warehouse" / "semantic" / "demo.yml"
HEAVY = ("gradio", "langchain", "langchain_core", "langchain_openai", "openai", "plotly", "sklearn")

# Names of columns that are as well plain English of any program.
PLAIN_NAMES = frozenset({"start_date", "end_date"})
# What RFM calls its segments in any shop; the demo's model has them as values.
RFM_SEGMENTS = frozenset(each.name.zh for each in SEGMENTS)
# Values of the shop that are as well everyday words.
PLAIN_WORDS = frozenset({"未知", "大促", "推送", "新品", "普通", "运动", "首页"})


def sources() -> list[Path]:
    """The program's Python files."""
    return [ROOT / "app.py", *(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))]


def is_general(path: Path) -> bool:
    return SHOP not in path.parents and path != SHOP_MODEL


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path, known: frozenset[str]) -> Iterator[str]:
    """The program's own modules that a file imports, at its top or inside a function."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                target = inner if inner in known else str(node.module)
                if target in known:
                    yield target


def import_graph() -> dict[str, set[str]]:
    known = frozenset(module_name(path) for path in sources())
    return {module_name(path): set(imported(path, known)) for path in sources()}


def function_lengths() -> dict[str, int]:
    """Lines of each function and method, from its `def` to its end, docstring and nested functions included."""
    return {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in sources()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_import_contracts_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    assert lint_imports(no_cache=True, no_logo=True) == 0


def test_contracts_cover_every_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert set(settings["root_packages"]) == {name for name in PACKAGES if (ROOT / name).is_dir()}


def test_nothing_imports_the_commands() -> None:
    assert [name for name, imports in import_graph().items() if "app" in imports] == []


def test_no_import_cycle_even_a_lazy_one() -> None:
    try:
        graphlib.TopologicalSorter(import_graph()).prepare()
    except graphlib.CycleError as cycle:
        pytest.fail(" → ".join(cycle.args[1]))


def test_package_files_hold_a_docstring_only() -> None:
    for path in sources():
        if path.name == "__init__.py":
            tree = parsed(path)
            assert ast.get_docstring(tree), path
            assert len(tree.body) == 1, path


def test_files_are_short() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources()
        if path.name != "__init__.py"
    }
    assert {name: length for name, length in lengths.items() if length > 400} == {}
    assert statistics.median(lengths.values()) <= 120


def test_functions_are_short() -> None:
    lengths = function_lengths()
    assert {name: length for name, length in lengths.items() if length > 60} == {}
    assert statistics.median(lengths.values()) <= 10


def shop_tables() -> dict[str, list[str]]:
    """The shop's tables and their columns, as its CREATE TABLE statements have them."""
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(SHOP.rglob("*")) if path.suffix in {".sql", ".py"}
    )
    statements = re.findall(r"^ *CREATE TABLE (\w+) \([^\n]*\n(.*?)\n *\)", text, re.DOTALL | re.MULTILINE)
    return {table: re.findall(r"^\s*([a-z_]+) +[A-Z]", body, re.MULTILINE) for table, body in statements}


def shop_names() -> frozenset[str]:
    """Names of the shop's tables and columns that no other program would have by chance: those of several words."""
    tables = shop_tables()
    names = {*tables, *(column for columns in tables.values() for column in columns)}
    return frozenset(name for name in names if "_" in name) - PLAIN_NAMES


def shop_words() -> frozenset[str]:
    """What people call the shop's metrics, and its Chinese values: of its model, its schema's lists, its CSV files."""
    model = yaml.safe_load(SHOP_MODEL.read_text(encoding="utf-8"))
    metrics = {word for metric in model["metrics"].values() for word in metric["zh"]}
    values = {str(value) for dimension in model["dimensions"].values() for value in dimension.get("values", ())}
    for schema in SHOP.rglob("*.sql"):
        values |= set(re.findall(r"(?<=/ )[一-鿿]+|[一-鿿]+(?= /)", schema.read_text(encoding="utf-8")))
    for table in (SHOP / "data" / "catalogue.csv", SHOP / "data" / "places.csv"):
        values |= set(re.findall(r"[一-鿿]{2,}", table.read_text(encoding="utf-8")))
    return frozenset(metrics | values) - PLAIN_WORDS - RFM_SEGMENTS


def general_texts() -> list[Path]:
    """Every file of the program that should hold for any shop: code, words and prompts."""
    folders = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*")))
    kinds = {".py", ".yml", ".yaml", ".txt", ".sql", ".md", ".html", ".js", ".css"}
    return [path for path in (ROOT / "app.py", *folders) if path.suffix in kinds and is_general(path)]


def found(pattern: str) -> list[str]:
    """Where in the general files a pattern stands: file, line number, what was found."""
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {match.group()}"
        for path in general_texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for match in wanted.finditer(line)
    ]


def any_of(words: frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def test_the_shop_names_are_read() -> None:
    assert {"pay_amount", "ordered_at", "order_items", "device_os", "search_keyword", "snapshot_date"} <= shop_names()
    assert {"天猫", "抖音", "美妆", "已取消", "销售额"} <= shop_words()


def test_general_code_names_no_table_or_column_of_the_shop() -> None:
    assert found(rf"\b({any_of(shop_names())})\b") == []


def test_general_code_reads_no_table_of_the_shop() -> None:
    assert found(rf"\b(FROM|JOIN|INTO) ({any_of(frozenset(shop_tables()))})\b") == []


def test_general_code_names_no_metric_or_value_of_the_shop() -> None:
    letters = frozenset(word for word in shop_words() if len(word) == 1)
    latin = frozenset(word for word in shop_words() if word.isascii())
    others = shop_words() - letters - latin
    assert found(rf"{any_of(others)}|\b({any_of(latin)})\b|[\"']({any_of(letters)})[\"']") == []


def loaded_by(program: str, **settings: str) -> set[str]:
    """Which heavy libraries a Python program has loaded by its end, in a process of its own."""
    report = f"import sys\nprint('loaded', *(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", f"try:\n    {program}\nfinally:\n    exec({report!r})"],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    return set(run.stderr.splitlines()[-1].split()[1:])


def test_what_is_heavy_is_seen_when_loaded() -> None:
    assert "plotly" in loaded_by("import plotly")


def test_the_commands_load_nothing_heavy() -> None:
    assert loaded_by("import app") == set()


@pytest.mark.parametrize("planner", [{"WENSHU_PLANNER": "rules"}, {"WENSHU_PLANNER": "auto", "WENSHU_LLM": "some"}])
def test_asking_what_the_rules_carry_loads_nothing_heavy(planner: dict[str, str], shop: Path) -> None:
    argv = ["app.py", "ask", "--json", "昨天GMV多少？"]
    program = f"import runpy, sys; sys.argv = {argv!r}; runpy.run_path('app.py', run_name='__main__')"
    settings = {"WENSHU_WAREHOUSE": str(shop), "WENSHU_AS_OF": "2026-06-30"} | planner
    assert loaded_by(program, **settings) == set()
