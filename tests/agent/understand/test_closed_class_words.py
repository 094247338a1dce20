"""The kinds of the lexicon's closed-class words are those that the grammar asks for, and no list tells a word twice."""

import ast
from collections import Counter
from pathlib import Path

import agent.understand
from warehouse.lexicon.questions import question_words

CODE = [ast.parse(file.read_text("utf-8")) for file in sorted(Path(agent.understand.__file__).parent.rglob("*.py"))]
ASKING = {"word", "places", "has", "told_by", "ends_with", "followed_by"}
UNTAKEN = "beyond"
KINDS = {each.kind for each in question_words()}


def texts(nodes: list[ast.expr]) -> set[str]:
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_kind_is_named_by_the_grammar() -> None:
    named = texts([node for tree in CODE for node in ast.walk(tree) if isinstance(node, ast.Constant)])
    assert KINDS - named == {UNTAKEN}


def test_the_grammar_asks_for_no_kind_that_is_none() -> None:
    calls = [node for tree in CODE for node in ast.walk(tree) if isinstance(node, ast.Call)]
    asked = [each for each in calls if isinstance(each.func, ast.Attribute) and each.func.attr in ASKING]
    made = [each for each in calls if isinstance(each.func, ast.Name) and each.func.id == "Word"]
    recognised = texts([node for each in made for node in ast.walk(each) if isinstance(node, ast.Constant)])
    assert len(asked) > 100
    assert {kind for each in asked for kind in texts(each.args)} <= KINDS | recognised


def test_no_list_tells_a_word_twice() -> None:
    assert [each for each, times in Counter(question_words()).items() if times > 1] == []
