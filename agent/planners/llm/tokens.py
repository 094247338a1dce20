"""About how many tokens a text takes: no tokenizer can be asked without the network."""

CHARACTERS_A_TOKEN = 3.6


def tokens(text: str) -> int:
    """An estimate on the high side: one for each character beyond Latin, one for some letters."""
    latin = sum(character.isascii() for character in text)
    return len(text) - latin + round(latin / CHARACTERS_A_TOKEN)
