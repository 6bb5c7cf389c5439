from jtextkit.serve.app import LOOPBACK as LOOPBACK
from jtextkit.serve.app import make_app as make_app
from jtextkit.serve.browsing import browse as browse
