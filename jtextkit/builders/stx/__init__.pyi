from jtextkit.builders.stx.building import LICENSE as LICENSE
from jtextkit.builders.stx.building import NAME as NAME
from jtextkit.builders.stx.building import build as build
from jtextkit.builders.stx.recipe import StxRecipe as StxRecipe
from jtextkit.builders.stx.sources import StxSources as StxSources
from jtextkit.builders.stx.tasks import TASKS as TASKS
