"""Look-alikes made one, character for character, so that every offset stays that of the text.

Unicode's NFKC does more than is safe here: it turns 2½ into 21⁄2, 10² into 102 and ①：② into 1:2.
This table maps one character to one character, leaves ½ ² ㎡ ① ℃ alone, and so needs no protection.
"""

import re

_ALIKE = {
    "-": "−‐‑–﹣⁻", "~": "〜∼˜", ":": "∶︰﹕꞉", "/": "⁄∕", ",": "﹐‚", ".": "﹒", "%": "﹪",
    " ": "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\t",
    "×": "✕✖⨯", "¥": "￥", "…": "⋯", "—": "―",
    "ヶ": "ヵケ",  # 3ヵ月, 3ケ月; harmless elsewhere, as nothing is written back
}  # fmt: skip
_PLAIN = {chr(0xFEE0 + ord(sign)): sign for sign in map(chr, range(0x21, 0x7F))}  # full-width ASCII
_PLAIN |= {sign: plain for plain, signs in _ALIKE.items() for sign in signs}
_FOLDED = re.compile("[" + re.escape("".join(_PLAIN)) + "]")


def fold(text: str) -> str:
    """The text with full-width and look-alike characters made plain; its length does not change.

    >>> fold("１，２００円（３〜５）½ ² ①")
    '1,200円(3~5)½ ² ①'
    """
    return text if text.isascii() else _FOLDED.sub(lambda sign: _PLAIN[sign[0]], text)
