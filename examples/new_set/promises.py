"""The promises: what all sets promise, and what this one does besides."""

from jtextkit.builders.sets.described import kinds_of
from jtextkit.builders.sets.findings import Check
from jtextkit.builders.sets.promises import RECEIPT_CHECKS, BuiltSet, schema_checks

from .building import COLUMNS, answer
from .recipe import ErasRecipe


class ErasSet(BuiltSet[ErasRecipe]):
    """A built set."""

    recipe_type = ErasRecipe
    required = tuple(COLUMNS)
    columns = kinds_of(COLUMNS)

    @property
    def checks(self):
        return (*RECEIPT_CHECKS, *schema_checks(), Check("years", "every answer is right", _years))


def _years(data):
    for item in data.rows:
        if item.values["answer"] != answer(item.id):
            yield f"{item.id} is not {item.values['answer']}"


def check(data):
    return ErasSet(data).inspect()
