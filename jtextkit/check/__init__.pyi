from jtextkit.builders.sets.findings import CheckReport as CheckReport
from jtextkit.builders.sets.findings import CheckResult as CheckResult
from jtextkit.check.differences import compare as compare
from jtextkit.check.run import ColumnReport as ColumnReport
from jtextkit.check.run import audit as audit
from jtextkit.check.run import check_columns as check_columns
from jtextkit.check.run import check_set as check_set
from jtextkit.check.verify import verify_files as verify_files
