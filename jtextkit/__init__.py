"""Build Japanese text data sets and measure their quality.

The folders show the architecture: :mod:`jtextkit.core` is the ground, :mod:`jtextkit.metrics` turns
text into numbers, :mod:`jtextkit.builders` turns sources into data sets, :mod:`jtextkit.cli` is the
command line. Nothing heavy is imported here.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]
