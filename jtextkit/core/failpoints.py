"""Places where a test can have the process killed, to see what a crash there leaves behind.

``JTEXTKIT_FAILPOINT=NAME:N`` in the environment kills a process (SIGKILL: nothing is flushed, no
handler runs) when it reaches the place called NAME for the N-th time. Without it nothing happens.

==================  ==============================================================
temporary-made      a file's temporary folder exists, the file does not
batch-written       one more batch (of a shard, of generated texts) was written to its file
step-done           one more step of a training run was taken
output-marked       a mark says that the output may be ours without a receipt
old-receipt-gone    the new output is whole but has no name yet; the old receipt is removed
file-written        a temporary file is whole, perhaps only in memory
file-flushed        its bytes are on the disk
file-renamed        it has its name, perhaps only in memory
folder-flushed      its name is on the disk
folder-made         a folder's temporary folder exists and is empty
set-file-written    one more file of a set lies in it; the last is the receipt
folder-written      all its files are on the disk
old-folder-aside    the old folder has lost its name, the new one has none yet
new-folder-named    the new folder has its name, perhaps only in memory; the old one still exists
==================  ==============================================================

An output and its receipt pass the file places one after the other, so every second time at one of
them it is a receipt's. A folder passes those of the last five lines, a file none of them.
"""

from __future__ import annotations

import os
import signal
from collections import Counter

VARIABLE = "JTEXTKIT_FAILPOINT"

_reached: Counter[str] = Counter()


def failpoint(name: str) -> None:
    """Die here if the environment says so."""
    setting = os.environ.get(VARIABLE)
    if setting is None:
        return
    wanted, _, number = setting.partition(":")
    if name == wanted:
        _reached[name] += 1
        if _reached[name] == int(number or 1):
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
