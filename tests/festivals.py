"""A calendar for the tests: two festivals, one over New Year, and the Chinese public holidays."""

from datetime import date

from warehouse.calendar import Calendar, Festival, Holiday
from warehouse.text import Text


def _holiday(zh: str, en: str, listed: str, *also: str) -> Holiday:
    return Holiday(Text(zh, en), "CN", listed, also)


CALENDAR = Calendar(
    "CN",
    (
        Festival(Text("618", "618"), (6, 1), (6, 20)),
        Festival(Text("双11", "Double 11"), (10, 31), (11, 11), ("双十一", "Singles' Day")),
        Festival(Text("双12", "Double 12"), (12, 1), (12, 12), ("双十二",)),
        Festival(Text("年货节", "New Year shopping festival"), (1, 10), (1, 25)),
        Festival(Text("双旦", "Year-end sale"), (12, 24), (1, 3)),
        _holiday("元旦", "New Year's Day", "New Year's Day"),
        _holiday("春节", "Spring Festival", "Chinese New Year", "Chinese New Year"),
        _holiday("清明", "Qingming", "Tomb-Sweeping Day", "清明节"),
        _holiday("五一", "Labor Day", "Labor Day", "劳动节", "May Day"),
        _holiday("端午", "Dragon Boat Festival", "Dragon Boat Festival", "端午节"),
        _holiday("中秋", "Mid-Autumn Festival", "Mid-Autumn Festival", "中秋节"),
        _holiday("国庆", "National Day", "National Day", "国庆节"),
    ),
    first_day=date(2024, 7, 1),
)
