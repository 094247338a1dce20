"""Law 3, nothing is dropped: a word that the planner does not know is named, asked about, or stops the answer."""

import json
from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from agent.planner import Call
from tests.agent.laws.planning import LAW, described, planned, read
from tests.agent.laws.test_rewordings import sayings
from tests.agent.laws.wordings import insert, places, plain
from warehouse.warehouse import Reading

# Words of other trades and of none: no model here has them, in whole or as part of a value.
UNKNOWN = (
    "饕餮", "氍毹", "魑魅", "雷达", "天气", "股票", "供应商", "星座", "身高", "转世", "核辐射", "孔雀", "隔壁",
    "隔夜", "zorblax", "qwfp", "unicorn", "weather", "radar", "zodiac", "supplier", "nuclear", "weighted",
    "bitcoin",
)  # fmt: skip
MOST_PLACES = 6


def dropped(question: str, word: str, reading: Reading) -> Iterator[str]:
    """Each place of an answered question where the word is put in and nothing is said of it."""
    if read(question, reading) is None or word in question:
        return
    whole = places(question)
    for place in whole[:: max(1, len(whole) // MOST_PLACES)]:
        asked = insert(question, word, place)
        move = planned(asked, reading)
        if isinstance(move, Call) and not is_told(word, move):
            yield f"{word}: {asked!r}\n    {described(move)}"


def is_told(word: str, call: Call) -> bool:
    """Whether the plan carries the word, or it is named as unused or as taken for another."""
    named = plain(" ".join([*call.unused, *(each.zh for each in call.doubts)]))
    return plain(word) in plain(json.dumps(dict(call.args), ensure_ascii=False)) or all(each in named for each in word)


def test_a_question_with_an_unknown_word_is_not_answered_as_if_it_were_not_there(
    asked: Sequence[str], reading: Reading
) -> None:
    pairs = ((question, UNKNOWN[place % len(UNKNOWN)]) for place, question in enumerate(asked))
    assert [each for question, word in pairs for each in dropped(question, word, reading)] == []


@LAW
@given(data=st.data())
def test_an_unknown_word_in_a_saying_is_not_dropped(data: st.DataObject, reading: Reading) -> None:
    question = data.draw(sayings(reading))
    assert list(dropped(question, data.draw(st.sampled_from(UNKNOWN)), reading)) == []
