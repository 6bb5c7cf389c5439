from jtextkit.metrics.morphology.analysis import SENTENCE_RULES as SENTENCE_RULES
from jtextkit.metrics.morphology.analysis import Analyser as Analyser
from jtextkit.metrics.morphology.analysis import Counts as Counts
from jtextkit.metrics.morphology.analysis import Word as Word
from jtextkit.metrics.morphology.analysis import analyser as analyser
from jtextkit.metrics.morphology.analysis import count as count
from jtextkit.metrics.morphology.dictionary import DEFAULT_DICTIONARY as DEFAULT_DICTIONARY
from jtextkit.metrics.morphology.dictionary import find_dictionary as find_dictionary
