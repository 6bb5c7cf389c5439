from jtextkit import rewards as rewards
from jtextkit.builders import sansu as sansu
from jtextkit.metrics.answers import check_answer as check_answer
from jtextkit.metrics.answers import extract_answer as extract_answer
from jtextkit.metrics.answers import find_values as find_values
from jtextkit.metrics.readability import profile as profile
from jtextkit.metrics.readability import score as score
from jtextkit.metrics.readability import score_frame as score_frame
from jtextkit.metrics.solutions import audit_solution as audit_solution

__version__: str
