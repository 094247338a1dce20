"""What not having done something is called, where a model does not tell."""

from warehouse.lexicon.verbs import verbs
from warehouse.model import Words
from warehouse.text import Text


def undone(done: Text) -> Words:
    """The negation of what was done: 没下单, have not placed an order."""
    zh, en = f"没{done.zh}", f"have not {_participle(done.en)}"
    return Words(Text(zh, en), (zh,), (en,))


def _participle(done: str) -> str:
    """Took a class: taken a class."""
    first, space, rest = done.partition(" ")
    found = next((each.participle for each in verbs(first) if first == each.past), first)
    return f"{'been' if first in {'was', 'were'} else found}{space}{rest}"
