"""Whatever stands in other people's columns, a check ends in a report or in an error with a cure."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from jtextkit.check import check_columns
from jtextkit.check.summary import markdown
from jtextkit.core.errors import JtextkitError
from jtextkit.report.check import check_page

TEXTS = (
    st.sampled_from(["犬が走る町へ行く。", "犬が走る街へ行く。", "雨", "…", "a\0b", "<b>|", "1"])
    | st.text()
)
VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["train", "test", "dev", "nan", "\ud800", [], [1], {"a": 1}])
    | TEXTS
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"text": TEXTS, "other": TEXTS, "label": st.sampled_from(["a", "b"]) | VALUES},
        optional={"split": VALUES, "group": VALUES},
    ),
    min_size=2,
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(
    ROWS,
    st.sampled_from([["text"], ["text", "other"]]),
    st.sampled_from([None, "label"]),
    st.sampled_from([None, "split"]),
    st.lists(st.sampled_from(["group", "split", "other", "text"]), max_size=2),
)
def test_any_values(rows, texts, label, split, shortcuts) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.jsonl"
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        try:
            found = check_columns(
                file, texts, label, groups=["group"], shortcuts=shortcuts, split=split
            )
        except JtextkitError as error:
            problem = error
        else:
            problem = None
    if problem is not None:
        assert problem.cure, str(problem)
        return
    json.dumps(found.to_dict())
    markdown(found).encode()
    check_page(found).encode()
