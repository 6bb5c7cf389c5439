from jtextkit.builders.difficulty.building import NAME as NAME
from jtextkit.builders.difficulty.building import DifficultySources as DifficultySources
from jtextkit.builders.difficulty.building import build as build
from jtextkit.builders.difficulty.building import rebuild as rebuild
from jtextkit.builders.difficulty.recipe import DifficultyRecipe as DifficultyRecipe
