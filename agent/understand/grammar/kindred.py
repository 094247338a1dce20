"""Names behind the verb of a dimension, which mean its kin: 送达甲区各省 are the provinces that orders were sent to."""

from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Dimension, Value
from agent.understand.namesakes import qualifies

BETWEEN = ("pause", "and", "or", "each", "which", "at")


def kindred(phrase: Phrase, place: int) -> bool:
    """A plain name behind such a verb, of which the kin that has the verb, too, is meant."""
    if not isinstance(phrase.part(place), Dimension):
        return False
    told = phrase.told(place)
    of_verb = [each for each in phrase.model.dimensions.values() if told in each.verbs]
    at = phrase.after(place)
    while isinstance(phrase.part(at), Value) or any(phrase.word(at, kind) for kind in BETWEEN):
        at = phrase.after(at)
    named = phrase.part(at)
    if not of_verb or not isinstance(named, Dimension):
        return False
    meant = [each for each in of_verb if qualifies(each, phrase.dimension(named.name))]
    if len(meant) != 1:
        return False
    phrase.put(at, Dimension(meant[0].name))
    if not any(isinstance(phrase.part(each), Value) for each in range(place, at)):
        del phrase.nodes[place]
    return True
