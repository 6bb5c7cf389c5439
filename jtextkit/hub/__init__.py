"""Publishing on the Hugging Face Hub.

A built folder is checked (:mod:`.folder`, :mod:`.licences`), compared with what the Hub holds and
sent (:mod:`.push`, :mod:`.plan`, :mod:`.session`).
"""

from jtextkit.hub.licences import conditions_of, refuse_looser
from jtextkit.hub.plan import MAIN, PushPlan
from jtextkit.hub.push import push

__all__ = ["MAIN", "PushPlan", "conditions_of", "push", "refuse_looser"]
