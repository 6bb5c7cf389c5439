from jtextkit.builders.sets.findings import Check as Check
from jtextkit.builders.sets.findings import CheckReport as CheckReport
from jtextkit.builders.sets.findings import CheckResult as CheckResult
from jtextkit.builders.sets.reading import TextSet as TextSet
from jtextkit.builders.sets.reading import read_set as read_set
from jtextkit.builders.sets.splits import SPLITS as SPLITS
