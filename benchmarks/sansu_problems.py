"""Five problems of each topic in full, as the page docs/sansu-problems.md shows them.

python benchmarks/sansu_problems.py > docs/sansu-problems.md
"""

from __future__ import annotations

from jtextkit import sansu

SEED = 1
GRADES = ("基礎", "基礎", "標準", "標準", "発展")

HEAD = f"""# 算数: {len(GRADES)} problems of each topic

What [`jtextkit build sansu`](sansu.md) makes, in full: problems of seed {SEED}, \
easy ones first. Written by `python benchmarks/sansu_problems.py`; a test holds the page to it.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for topic in sansu.create().topics:
        parts.append(f"\n## {topic}\n")
        for number, grade in enumerate(GRADES, start=1):
            item = sansu.create([topic], grade, SEED)[number]
            problem = item.problem.replace("\n", "  \n> ")
            *steps, answer = item.solution.splitlines()
            worked = "\n".join(steps)
            parts.append(
                f"\n**{number}. {item.kind}** ({grade}; plan `{item.plan}`)\n\n"
                f"> {problem}\n\n{worked}\n\n{answer}\n"
            )
    return "".join(parts)


if __name__ == "__main__":
    print(page(), end="")
