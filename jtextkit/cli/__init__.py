"""The command line: one module a command, each imported only when it is called.

stdout is data, stderr is progress and messages. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a
threshold that was asked for is not met, 4 integrity. Nothing here is for import.
"""

__all__: list[str] = []
