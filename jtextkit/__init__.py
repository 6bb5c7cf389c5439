"""Build Japanese text data sets and measure their quality.

>>> import jtextkit
>>> jtextkit.score("おはようございます！今日は天気がいいですね。")
Readability(readability=6.438, level='lower-elementary', label='Simple', characters=22)
>>> jtextkit.check_answer("9×2＝18なので、答えは18ドルです。", "18").correct
True

What is listed here loads when it is first used. The folders show the architecture:
:mod:`jtextkit.core` is the ground, :mod:`jtextkit.metrics` turns text into numbers,
:mod:`jtextkit.builders` turns sources into data sets, :mod:`jtextkit.cli` is the command line. What
each of them offers stands in its ``__all__``; everything else may change without notice.
"""

from jtextkit.core.lazy import lazy_names

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_names(__name__)
__all__ += ["__version__"]
