"""What is no longer done: 不买了 is neither that nothing was bought, nor a condition on any days."""

from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, Unknown


def ceased(phrase: Phrase, place: int) -> bool:
    """Nobody knows what it means for the data, so that it is named: 不看了 may only end a conversation."""
    done = place + 1
    if not phrase.word(place, "no_more") or not isinstance(phrase.part(done), Deed) or phrase.gap(place, done):
        return False
    last = done + 1 if phrase.told_by("came_about", done + 1) else done
    if last == done and not phrase.ends_with("came_about", done):
        return False
    phrase.join(place, last, Unknown(phrase.words.text[phrase.nodes[place].start : phrase.nodes[last].end]))
    return True
