"""The build: a pure function of recipe and sources, written whole or not at all."""

from jtextkit.builders.sets.card import columns_table, front_matter, rebuilding
from jtextkit.builders.sets.described import Column, kinds_of
from jtextkit.builders.sets.splits import hash_order, split_sizes
from jtextkit.builders.sets.writing import check_target, write_set
from jtextkit.core.files import replacing_folder
from jtextkit.core.progress import silent

from .recipe import ERAS

NAME = "eras"
COLUMNS = {
    "id": Column("string", "era and year"),
    "question": Column("string", "in Japanese"),
    "answer": Column("int64", "the year of the common era"),
}


def build(out, recipe, *, force=False, report=silent):
    check_target(out, NAME, recipe.to_dict(), force=force)
    report("writing", 0, 0)
    years = [f"{era}{year}" for era, (_, length) in ERAS.items() for year in range(1, length + 1)]
    order, parts = iter(hash_order(recipe.seed, years)[: recipe.size]), {}
    for split, size in split_sizes(recipe.size).items():
        parts[split] = [_row(next(order)) for _ in range(size)]
    with replacing_folder(out) as folder:
        columns = kinds_of(COLUMNS)
        rows = {split: len(part) for split, part in parts.items()}
        content = {"rows": rows}
        return write_set(
            folder, parts, columns, recipe.to_dict(), content, _card, builder=NAME, signature="none"
        )


def answer(name):
    return ERAS[name[:2]][0] + int(name[2:]) - 1


def _row(name):
    return {"id": name, "question": f"{name}年は西暦何年ですか。", "answer": answer(name)}


def _card(receipt):
    head = front_matter(sum(receipt["rows"].values()), "license: cc0-1.0\n", "Eras", {})
    again = rebuilding(f"jtextkit build {NAME}", receipt)
    return f"{head}\n## Columns\n\n{columns_table(COLUMNS)}\n\n{again}\n"
