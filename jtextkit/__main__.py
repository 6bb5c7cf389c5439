"""``python -m jtextkit``."""

from jtextkit.cli.main import main

main()
