"""`app.py model`, run as a person runs it, and the schema that it prints."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.test_app import environment_for
from tests.warehouse.test_check import SOUND, TABLES
from warehouse.load import DEMO
from warehouse.schema import model_schema

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "docs" / "model.schema.json"


def model(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "app.py", "model", *arguments],
        cwd=ROOT,
        env=environment_for(None, **environment),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def cafe(tmp_path: Path) -> Path:
    """A file of the sound model's tables, without rows."""
    path = tmp_path / "cafe.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES)
    return path


def test_a_sound_model_is_said_to_be_one() -> None:
    done = model("check", str(DEMO))
    assert done.returncode == 0, done.stderr
    assert "no mistakes" in done.stdout
    assert "没有错误" in done.stdout
    assert "were not looked for" in done.stdout


def test_mistakes_are_printed_with_their_lines_and_fail(tmp_path: Path) -> None:
    path = tmp_path / "model.yml"
    path.write_text(SOUND.replace("takings / buyers", "takngs / buyers").replace("{behaviour: buy}", "{behaviour: by}"))
    done = model("check", str(path))
    assert done.returncode == 1
    assert done.stderr == ""
    lines = [f"{path}:{at}:" for at, line in enumerate(path.read_text().splitlines(), 1) if "takngs" in line]
    assert done.stdout.count(f"{path}:") == 2
    assert done.stdout.startswith(lines[0])
    assert "is it takings?" in done.stdout
    assert "是不是 buy？" in done.stdout


def test_columns_are_looked_for_where_a_warehouse_is_given(tmp_path: Path, cafe: Path) -> None:
    path = tmp_path / "model.yml"
    path.write_text(SOUND)
    sound = model("check", str(path), "--warehouse", str(cafe))
    assert sound.returncode == 0, sound.stdout
    assert "its tables and columns are there" in sound.stdout
    path.write_text(SOUND.replace("sum: amount", "sum: amout"))
    wrong = model("check", str(path), WENSHU_WAREHOUSE=str(cafe))
    assert wrong.returncode == 1
    assert "sales has no column amout; is it amount?" in wrong.stdout


def test_rows_and_holidays_are_looked_at_too(tmp_path: Path, cafe: Path) -> None:
    path = tmp_path / "model.yml"
    path.write_text(SOUND)
    with duckdb.connect(str(cafe)) as connection:
        connection.execute("INSERT INTO shops (shop_id) VALUES (1), (1)")
    twice = model("check", str(path), "--warehouse", str(cafe))
    assert twice.returncode == 1
    assert "sources.shops.key: shops has rows with the shop_id of another row: 1" in twice.stdout
    path.write_text(SOUND.replace("country: CN", "country: XX"))
    assert "there are no holidays of a country “XX”" in model("check", str(path)).stdout


def test_words_and_values_are_looked_for_in_the_data(tmp_path: Path, cafe: Path) -> None:
    """A value that does not occur may come yet, but where one that occurs is nearly it."""
    path = tmp_path / "model.yml"
    path.write_text(SOUND)
    with duckdb.connect(str(cafe)) as connection:
        connection.execute("INSERT INTO guests (guest_id, town) VALUES (1, '杭州'), (2, '宁波区')")
        connection.execute("INSERT INTO sales VALUES (1, 1, NULL, '2024-01-01', 5)")
    sound = SOUND.replace("      宁波: {en: [Ningbo]}\n", "      舟山: {en: [Zhoushan]}\n")
    path.write_text(sound)
    done = model("check", str(path), "--warehouse", str(cafe))
    assert done.returncode == 0, done.stdout
    shops = "expression: shop_name, zh: [门店], en: [shop]"
    told = (
        shops.replace("shop_name", "CASE WHEN floor = 1 THEN '楼下' ELSE '楼上' END") + ", values: {楼顶: {en: [roof]}}"
    )
    path.write_text(SOUND.replace("en: guests who came", "en: guests who cmae").replace(shops, told))
    done = model("check", str(path), "--warehouse", str(cafe))
    assert done.returncode == 1
    assert [each.strip() for each in done.stdout.splitlines()[1::2]] == [
        "dimensions.town.values.宁波: the data have no value 宁波; is it 宁波区? if both are meant, list both",
        "dimensions.shop.values.楼顶: there is no value named 楼顶; there are: 楼上, 楼下",
        "unclear.0.as.1.en: “cmae” names nothing",
    ]


def test_the_schema_kept_is_the_one_that_is_made() -> None:
    assert json.loads(SCHEMA.read_text("utf-8")) == model_schema(), "write it anew: app.py model schema"
    assert model("schema").stdout == SCHEMA.read_text("utf-8")


def test_the_demo_model_names_its_schema() -> None:
    first = DEMO.read_text("utf-8").splitlines()[0]
    before, _, path = first.partition("$schema=")
    assert before == "# yaml-language-server: "
    assert (DEMO.parent / path).resolve() == SCHEMA


def test_the_schema_tells_what_each_part_is() -> None:
    parts = model_schema()["$defs"]
    undescribed = [name for name, part in parts.items() if not part.get("description")]
    assert undescribed == []
