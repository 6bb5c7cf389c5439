from jtextkit.core import errors as errors
from jtextkit.core.cache import Cache as Cache
from jtextkit.core.download import Request as Request
from jtextkit.core.receipts import digest as digest
