"""The table as it is shown: units in the head, exact values kept, and nothing read as markup."""

import datetime
from decimal import Decimal

from tests.ui.scripted import MARKUP, PLATFORM, RATE, SALES, USER, answer_for
from ui.sheet import copied, sheet
from warehouse.days import Grain
from warehouse.table import Column, Table, Type
from warehouse.text import Text


def test_money_is_shortened_only_where_all_of_it_is_large() -> None:
    large = Table((SALES,), ((Decimal("12345678.90"),), (987_654.3,), (None,)), 3)
    shown = sheet(large, "zh")
    assert shown["heads"] == [{"label": "销售额（万元）", "numeric": True}]
    assert [row[0] for row in shown["rows"]] == [
        ["1,234.57", "12,345,678.90元", 12345678.9],
        ["98.77", "987,654.30元", 987654.3],
        ["—", None, None],
    ]


def test_a_small_amount_keeps_the_column_whole() -> None:
    mixed = Table((SALES,), ((12_345_678.9,), (88.5,)), 2)
    shown = sheet(mixed, "en")
    assert shown["heads"][0]["label"] == "Sales (¥)"
    assert [row[0][0] for row in shown["rows"]] == ["12,345,678.90", "88.50"]


def test_ratios_are_percentages_and_keys_are_names() -> None:
    shown = sheet(Table((USER, RATE), ((1001, 0.0745),), 1), "zh")
    assert shown["heads"] == [{"label": "用户", "numeric": False}, {"label": "退款率（%）", "numeric": True}]
    assert shown["rows"] == [[["1001", None, 1001], ["7.5", "7.45%", 0.0745]]]


def test_a_number_beside_a_person_is_no_amount() -> None:
    age = Column("year", Text("出生年", "Born in"), "integer", "attribute")
    shown = sheet(Table((age,), ((1996,),), 1), "en")
    assert shown["heads"] == [{"label": "Born in", "numeric": True}]
    assert shown["rows"] == [[["1996", None, 1996]]]


def test_days_times_and_truths() -> None:
    kinds: tuple[Type, ...] = ("date", "datetime", "boolean")
    columns = tuple(Column(kind, Text(kind, kind), kind, "attribute") for kind in kinds)
    row = (datetime.date(2026, 6, 30), datetime.datetime(2026, 6, 30, 9, 5), True)  # noqa: DTZ001
    (cells,) = sheet(Table(columns, (row,), 1), "zh")["rows"]
    assert [cell[0] for cell in cells] == ["2026-06-30", "2026-06-30 09:05:00", "是"]


def test_buckets_are_named_and_sorted_by_their_days() -> None:
    grains: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")
    columns = tuple(Column(grain, Text(grain, grain), "date", "time", grain=grain) for grain in grains)
    (cells,) = sheet(Table(columns, ((datetime.date(2026, 4, 1),) * 5,), 1), "zh")["rows"]
    assert [cell[0] for cell in cells] == ["2026-04-01", "2026-04-01 起的一周", "2026年4月", "2026年第2季度", "2026年"]
    assert {cell[2] for cell in cells} == {"2026-04-01"}


def test_how_many_there_are_in_all_is_said() -> None:
    assert sheet(Table((USER,), ((1,),), 12345), "zh")["said"] == "共 12,345 行，此处为前 1 行，全部请下载 CSV"
    assert sheet(Table((USER,), ((1,),), 1), "en")["said"] == "1 row"


def test_the_copy_holds_the_sentence_and_the_rows() -> None:
    lines = copied(answer_for("各平台", "zh")).split("\n")
    assert lines[0].endswith("1,234.57万元。")
    assert lines[2].split("\t") == ["平台", "销售额", "退款率"]
    assert lines[3].split("\t") == ["天猫", "12345678.9", "0.0312"]
    assert len(lines) == 3 + 5


def test_markup_is_text_in_a_cell() -> None:
    assert sheet(Table((PLATFORM,), ((MARKUP,),), 1), "zh")["rows"][0][0][0] == MARKUP
