"""Pushing to a Hub over a real socket, with the real ``huggingface_hub`` and ``datasets``."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hub_server import (
    READER,
    TOKEN,
    USER,
    Fault,
    Hub,
    Repo,
    before,
    cut_short,
    half_answer,
    lost,
    lost_answer,
    refuse,
    status,
    stored_wrong,
)

from jtextkit.core.receipts import unsealed, write_receipt
from jtextkit.core.text import decode

if TYPE_CHECKING:
    from hub_client import Client

NAME = f"{USER}/difficulty"
ATTRIBUTES = ".gitattributes"

ROUTES = {
    "looking": ("GET", rf"^/api/datasets/{NAME}$"),
    "making": ("POST", "^/api/repos/create$"),
    "heads": ("GET", "/revision/main$"),
    "card": ("POST", "^/api/validate-yaml$"),
    "modes": ("POST", "/preupload/"),
    "batch": ("POST", r"\.git/info/lfs/objects/batch$"),
    "upload": ("PUT", "/upload/"),
    "check": ("POST", "/verify/"),
    "commit": ("POST", "/commit/"),
    "hashes": ("POST", "/paths-info/"),
    "tag": ("POST", "/tag/"),
}
"""Every route of a first push, in the order in which it takes them."""

REPEATED = {"modes", "batch", "upload", "check"}
"""Those that huggingface_hub itself asks again when the connection breaks."""


def content(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def stored(hub: Hub, revision: str = "main", name: str = NAME) -> dict[str, bytes]:
    """What the Hub holds, but for what it made itself."""
    files = dict(hub.repos[name].files(revision))
    files.pop(ATTRIBUTES)
    return files


def sign(folder: Path) -> None:
    """Write the folder's receipt anew, so that no hash gives a change away."""
    receipt = json.loads((folder / "receipt.json").read_text(encoding="utf-8"))
    (folder / "receipt.json").unlink()
    receipt.pop("files")
    write_receipt(folder, receipt)


def safe(*texts: str) -> bool:
    """No secret in what was printed."""
    return not any(
        secret in text for text in texts for secret in (TOKEN, READER, "secretsignature")
    )


# What a push does


@pytest.mark.slow
def test_the_bytes_land_and_datasets_gives_them_back(hub: Hub, client: Client, built: Path) -> None:
    done = client.run("push", built, NAME, "--tag", "v1.0")
    assert done.code == 0, done.err
    assert stored(hub) == stored(hub, "v1.0") == content(built)
    assert not hub.repos[NAME].private
    assert done.out.splitlines()[-1] == f"{hub.url}/datasets/{NAME}/tree/v1.0"
    plan = done.out.splitlines()[-2]
    size = sum(map(len, content(built).values())) / 1e6
    assert plan == (
        f"pushing to {NAME} (a new public dataset), branch main: "
        f"6 of 6 files, {size:.2f} MB, tag v1.0"
    )
    assert "the hashes of 6 files verified" in done.err
    assert safe(done.out, done.err)

    loaded = client.load(NAME, revision="v1.0")
    assert list(loaded) == ["train", "validation", "test"]
    for split, given in loaded.items():
        table = pq.read_table(built / f"{split}.parquet")
        assert given["rows"] == table.to_pylist()
        assert given["features"]["label"][:2] == ["ClassLabel", ["Simple", "Complex"]]
        assert given["features"]["source_items"][0] == "List"
        types = {name: shown for name, (_, _, shown) in given["features"].items()}
        assert types["difficulty"] == "Value('float64')"
        assert types["char_start"] == "Value('int64')"
        assert list(types) == table.column_names


@pytest.mark.slow
def test_a_second_push_changes_nothing(hub: Hub, client: Client, plain: Path) -> None:
    client.run("push", plain, NAME, "--tag", "v1")
    refs, messages = dict(hub.repos[NAME].refs), list(hub.repos[NAME].messages)
    hub.seen.clear()
    done = client.run("push", plain, NAME, "--tag", "v1")
    assert done.code == 0
    assert "nothing, the same files are there, tag v1 (it stands)" in done.out
    assert hub.writes() == []
    assert (hub.repos[NAME].refs, hub.repos[NAME].messages) == (refs, messages)


def test_a_dry_run_tells_all_and_writes_nothing(hub: Hub, client: Client, plain: Path) -> None:
    done = client.run("push", plain, NAME, "--private", "--tag", "v1", "--dry-run")
    assert done.code == 0
    assert f"would push to {NAME} (a new private dataset), branch main" in done.out
    assert "nothing was written" in done.err
    assert hub.writes() == []
    assert hub.repos == {}
    nobody = client.run("push", plain, NAME, "--dry-run", HF_TOKEN=None)
    assert nobody.code == 0


def test_json_says_the_same(hub: Hub, client: Client, plain: Path) -> None:
    done = client.run("push", plain, NAME, "--tag", "v1", "--json")
    plan = json.loads(done.out)
    assert {name: file["bytes"] for name, file in plan["files"].items()} == {
        name: len(data) for name, data in content(plain).items()
    }
    assert {file["state"] for file in plan["files"].values()} == {"new"}
    assert plan["commit"] == hub.repos[NAME].refs["refs/tags/v1"]
    assert (plan["repo"], plan["revision"], plan["tag"]) == (NAME, "main", "v1")
    assert (plan["new_repo"], plan["tagged"], plan["dry_run"]) == (True, True, False)


def test_a_private_repository(hub: Hub, client: Client, plain: Path) -> None:
    assert client.run("push", plain, NAME, "--private").code == 0
    assert hub.repos[NAME].private
    assert client.run("push", plain, NAME).code == 0  # it stays what it is
    assert hub.repos[NAME].private
    hub.create(f"{USER}/open")
    hub.seen.clear()
    done = client.run("push", plain, f"{USER}/open", "--private")
    assert done.code == 2
    assert "public" in done.complaint
    assert hub.writes() == []


def made_public(handler: Any) -> bool:
    """A Hub, or somebody quicker than we, that makes a public repository of what was to be private."""
    handler.hub.create(NAME)
    handler.error(409, "You already created this dataset repo")
    return True


def test_nothing_goes_up_before_the_hub_says_private(hub: Hub, client: Client, plain: Path) -> None:
    hub.fault("POST", "/api/repos/create", made_public)
    done = client.run("push", plain, NAME, "--private", "--tag", "v1")
    assert done.code == 1
    assert "does not say that the repository is private, and nothing was sent" in done.complaint
    assert [one for one in hub.writes() if "repos/create" not in one] == []


def test_a_branch_is_made_from_main(hub: Hub, client: Client, plain: Path) -> None:
    hub.create(NAME, {"notes.txt": b"mine"})
    main = hub.repos[NAME].refs["refs/heads/main"]
    done = client.run("push", plain, NAME, "--revision", "a/b", "--tag", "v1")
    assert done.code == 0, done.err
    assert hub.repos[NAME].refs["refs/heads/main"] == main
    assert stored(hub, "refs/heads/a/b") == {**content(plain), "notes.txt": b"mine"}
    assert hub.repos[NAME].refs["refs/tags/v1"] == hub.repos[NAME].refs["refs/heads/a/b"]
    fresh = f"{USER}/fresh"
    assert client.run("push", plain, fresh, "--revision", "dev").code == 0
    assert stored(hub, "dev", fresh) == content(plain)
    assert stored(hub, "main", fresh) == {}


def test_a_pull_request_is_opened_once(hub: Hub, client: Client, plain: Path) -> None:
    hub.create(NAME)
    done = client.run("push", plain, NAME, "--create-pr")
    assert done.code == 0, done.err
    assert stored(hub, "refs/pr/1") == content(plain)
    assert hub.asked("GET", "/discussions$") == 1
    assert stored(hub) == {}
    assert done.out.splitlines()[-1] == f"{hub.url}/datasets/{NAME}/discussions/1"
    hub.seen.clear()
    again = client.run("push", plain, NAME, "--create-pr", "--tag", "v1")
    assert again.code == 0, again.err
    assert [line.partition(" ")[2].partition("/tag/")[0] for line in hub.writes()] == [
        f"/api/datasets/{NAME}"
    ]
    assert hub.repos[NAME].refs["refs/tags/v1"] == hub.repos[NAME].refs["refs/pr/1"]
    assert "refs/pr/2" not in hub.repos[NAME].refs
    hub.create(NAME)
    hub.fault("GET", "/discussions$", status(404))
    hub.fault(*ROUTES["commit"], lost_answer)
    assert client.run("push", plain, NAME, "--create-pr").code == 1
    assert client.run("push", plain, NAME, "--create-pr").code == 0
    assert [ref for ref in hub.repos[NAME].refs if ref.startswith("refs/pr/")] == ["refs/pr/1"]
    assert client.run("push", plain, NAME, "--revision", "refs/pr/7").code == 2
    for name in (NAME, f"{USER}/new"):
        done = client.run("push", plain, name, "--revision", "dev", "--create-pr")
        assert (done.code, "no such branch" in done.complaint) == (2, True)


def test_an_update_sends_what_differs_and_takes_away_what_is_gone(
    hub: Hub, client: Client, copy: Path
) -> None:
    (copy / "old.txt").write_text("of an earlier version", encoding="utf-8")
    sign(copy)
    assert client.run("push", copy, NAME, "--tag", "v1").code == 0
    hub.repos[NAME].commit(
        "refs/heads/main", {**hub.repos[NAME].files("main"), "by-hand.txt": b"kept"}, "by hand"
    )
    (copy / "old.txt").unlink()
    sign(copy)
    (copy / "notes.txt").write_text("no file of the build", encoding="utf-8")
    hub.seen.clear()
    done = client.run("push", copy, NAME, "--tag", "v2")
    assert done.code == 0, done.err
    assert "notes.txt is not in the receipt and stays here" in done.err
    expected = {**content(copy), "by-hand.txt": b"kept"}
    expected.pop("notes.txt")
    assert stored(hub) == stored(hub, "v2") == expected
    assert "old.txt" in stored(hub, "v1")
    assert hub.asked("PUT", "/upload/") == 0


@pytest.mark.slow
def test_configs_on_the_hub_survive(hub: Hub, client: Client, built: Path, tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["一", "二"]}), tmp_path / "more.parquet")
    card = (
        "---\nlanguage: ja\nlicense: cc-by-4.0\nconfigs:\n- config_name: more\n  default: true\n"
        "  data_files:\n  - split: train\n    path: more/train.parquet\n---\n# Earlier\n"
    )
    more = (tmp_path / "more.parquet").read_bytes()
    hub.create(NAME, {"README.md": card.encode(), "more/train.parquet": more})
    done = client.run("push", built, NAME, "--tag", "v1")
    assert done.code == 0, done.err
    assert "the config more of the card on the Hub is kept" in done.err
    there = stored(hub, "v1")
    rows = client.load(NAME, "more", "v1")["train"]["rows"]
    assert rows == [{"text": "一"}, {"text": "二"}]
    ours = client.load(NAME, None, "v1")
    assert {split: len(given["rows"]) for split, given in ours.items()} == {
        "train": 19,
        "validation": 2,
        "test": 3,
    }
    text, given = (
        decode(there["README.md"], where="card"),
        decode((built / "README.md").read_bytes(), where="card"),
    )
    assert text.partition("\n---\n")[2].strip() == given.partition("\n---\n")[2].strip()
    entry = unsealed(there["receipt.json"], dict)["files"]["README.md"]
    assert entry["sha256"] == hashlib.sha256(there["README.md"]).hexdigest()
    others = {name: data for name, data in content(built).items() if name.endswith(".parquet")}
    assert others.items() <= there.items()
    hub.seen.clear()
    assert client.run("push", built, NAME, "--tag", "v1").code == 0
    assert hub.writes() == []


# What goes wrong


def goes_on(hub: Hub, client: Client, plain: Path) -> None:
    """The same command ends well, and all stands once.

    The runs before it failed one after the other, each a step further than the last.
    """
    done = client.run("push", plain, NAME, "--tag", "v1", "--debug")
    assert done.code == 0, done.err
    assert stored(hub) == stored(hub, "v1") == content(plain)
    assert len(hub.repos[NAME].messages) == 2  # the Hub's first, and ours


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "word", "cure"),
    [
        (401, "does not know this token", "hf auth login"),
        (403, "may not write", "write access"),
        (409, "another change", "run the same command again"),
        (412, "somebody else changed it", "run the same command again"),
        (429, "asks not to be asked", "wait 33 s, then run the same command again"),
        (503, "not available", "wait 33 s, then run the same command again"),
    ],
)
def test_a_refusal_on_any_route_is_one_line_and_the_same_command_goes_on(
    hub: Hub, client: Client, plain: Path, code: int, word: str, cure: str
) -> None:
    for route, (method, path) in ROUTES.items():
        hub.fault(method, path, status(code, Retry_After="33"))
        done = client.run("push", plain, NAME, "--tag", "v1", "--debug")
        assert done.code == 1, (route, done.err)
        assert word in done.complaint, route
        assert cure in done.complaint, route
        assert safe(done.out, done.err), route
        assert "refs/tags/v1" not in (hub.repos[NAME].refs if NAME in hub.repos else {})
    goes_on(hub, client, plain)


@pytest.mark.parametrize("fault", [lost, lost_answer, half_answer])
def test_a_connection_lost_on_any_route(
    hub: Hub, client: Client, plain: Path, fault: Fault
) -> None:
    for route, (method, path) in ROUTES.items():
        if route in REPEATED:
            continue
        hub.fault(method, path, fault)
        done = client.run("push", plain, NAME, "--tag", "v1", "--debug")
        assert done.code == 1, (route, done.err)
        assert "run the same command again" in done.complaint, route
        assert safe(done.out, done.err), route
        if "refs/tags/v1" in hub.repos.get(NAME, Repo()).refs:
            break  # only the answer was lost
    goes_on(hub, client, plain)


@pytest.mark.slow
def test_a_connection_lost_while_uploading_is_taken_up_again(
    hub: Hub, client: Client, plain: Path
) -> None:
    hub.fault(*ROUTES["upload"], lost, times=5)
    done = client.run("push", plain, NAME, "--tag", "v1", "--debug")
    assert done.code == 1
    assert "the connection failed while uploading" in done.complaint
    hub.faults.clear()
    for route in REPEATED:
        hub.fault(*ROUTES[route], cut_short if route == "upload" else lost)
    goes_on(hub, client, plain)


@pytest.mark.slow
def test_a_hub_that_is_busy_for_a_moment_is_asked_again(
    hub: Hub, client: Client, plain: Path
) -> None:
    hub.fault(*ROUTES["upload"], status(503))
    done = client.run("push", plain, NAME)
    assert done.code == 0, done.err
    assert "the Hub answers 503, trying again" in done.err
    assert safe(done.err)  # addresses of uploads are signed
    hub.repos.clear()
    hub.fault(*ROUTES["modes"], status(503), times=3)
    done = client.run("push", plain, NAME)
    assert done.code == 1
    assert "not available while uploading" in done.complaint


def test_somebody_else_commits_meanwhile(hub: Hub, client: Client, plain: Path) -> None:
    repo = hub.create(NAME)
    theirs = before(
        lambda: repo.commit("refs/heads/main", {**repo.files("main"), "x": b"1"}, "theirs")
    )
    hub.fault(*ROUTES["commit"], theirs)
    done = client.run("push", plain, NAME, "--tag", "v1")
    assert done.code == 1
    assert "somebody else changed it meanwhile, nothing was written over" in done.complaint
    assert stored(hub) == {"x": b"1"}
    assert client.run("push", plain, NAME, "--tag", "v1").code == 0
    assert stored(hub) == {**content(plain), "x": b"1"}


def test_bytes_that_land_wrong_are_found_and_not_tagged(
    hub: Hub, client: Client, plain: Path
) -> None:
    hub.fault(*ROUTES["upload"], stored_wrong)
    done = client.run("push", plain, NAME, "--tag", "v1")
    assert done.code == 4
    assert "the Hub holds other bytes of " in done.complaint
    assert "no tag was set" in done.complaint
    assert "refs/tags/v1" not in hub.repos[NAME].refs
    assert client.run("push", plain, NAME, "--tag", "v1").code == 0
    assert stored(hub, "v1") == content(plain)


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path"), [ROUTES["upload"], ROUTES["commit"], ROUTES["tag"]])
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_push_that_is_killed_is_continued(
    hub: Hub, client: Client, plain: Path, method: str, path: str
) -> None:
    number = client.process.pid
    hub.fault(method, path, before(lambda: os.kill(number, signal.SIGKILL)))
    client.die("push", plain, NAME, "--tag", "v1")
    goes_on(hub, client, plain)


def test_a_tag_is_a_promise(hub: Hub, client: Client, plain: Path) -> None:
    repo = hub.create(NAME)
    repo.refs["refs/tags/v1"] = repo.refs["refs/heads/main"]
    done = client.run("push", plain, NAME, "--tag", "v1")
    assert done.code == 2
    assert "the tag v1 stands already, on other files" in done.complaint
    assert hub.writes() == []
    # One that another run sets just before ours is no fault where it holds the same.
    assert client.run("push", plain, NAME).code == 0
    head = repo.refs["refs/heads/main"]
    hub.fault(*ROUTES["tag"], before(lambda: repo.refs.update({"refs/tags/v2": head})))
    assert client.run("push", plain, NAME, "--tag", "v2").code == 0


def test_who_asks(hub: Hub, client: Client, plain: Path, hf_home: Path) -> None:
    done = client.run("push", plain, NAME, HF_TOKEN=None)
    assert done.code == 1
    assert done.complaint == (
        f"{NAME}: nobody is logged in; log in with `hf auth login`, or set HF_TOKEN"
    )
    assert hub.seen == []
    (hf_home / "token").write_text(TOKEN, encoding="ascii")
    try:
        assert client.run("push", plain, NAME, HF_TOKEN=None).code == 0
    finally:
        (hf_home / "token").unlink()
    wrong = client.run("push", plain, NAME, "--debug", HF_TOKEN="hf_thisIsNoTokenOfAnybody")
    assert wrong.code == 1
    assert "does not know this token" in wrong.complaint
    assert "thisIsNoTokenOfAnybody" not in wrong.out + wrong.err
    reader = client.run("push", plain, f"{USER}/mine", "--debug", HF_TOKEN=READER)
    assert reader.code == 1
    assert "may not write" in reader.complaint
    assert safe(reader.out, reader.err)
    stranger = client.run("push", plain, "stranger/set", "--debug")
    assert "may not write" in stranger.complaint
    odd = client.run("push", plain, NAME, "--debug", HF_TOKEN="secret\x07word and more")
    assert odd.code == 2
    assert "secret" not in odd.out + odd.err
    assert "word and more" not in odd.out + odd.err


@pytest.mark.slow
def test_a_hub_that_is_away_and_an_address_with_a_password(
    plain: Path, environment: dict[str, str]
) -> None:
    settings = {"HF_ENDPOINT": "http://me:SomePassWord@127.0.0.1:9", "HF_DEBUG": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "jtextkit", "push", plain, NAME, "--debug"],
        env={**environment, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "the Hub cannot be reached" in done.stderr.splitlines()[-1]
    assert "SomePassWord" not in done.stdout + done.stderr
    assert safe(done.stdout, done.stderr)


# What is not fit to be pushed


def test_a_folder_that_is_not_what_was_built(hub: Hub, client: Client, copy: Path) -> None:
    train = copy / "train.parquet"
    whole = train.read_bytes()
    train.write_bytes(whole + b"x")
    changed = client.run("push", copy, NAME)
    assert (changed.code, "not the file that the receipt names" in changed.complaint) == (4, True)
    train.unlink()
    missing = client.run("push", copy, NAME)
    assert (missing.code, "missing" in missing.complaint) == (4, True)
    train.write_bytes(whole)
    (copy / "README.md").unlink()
    sign(copy)
    assert "no card" in client.run("push", copy, NAME).complaint
    (copy / "receipt.json").unlink()
    assert "no receipt" in client.run("push", copy, NAME).complaint
    assert client.run("push", copy / "nowhere", NAME).code == 1
    assert hub.seen == []


@pytest.mark.slow
def test_a_set_that_does_not_hold_what_it_promises(
    hub: Hub, client: Client, built: Path, tmp_path: Path
) -> None:
    shutil.copytree(built, tmp_path / "set")
    train = tmp_path / "set" / "train.parquet"
    table = pq.read_table(train)
    labels = table["label"].to_pylist()
    labels[0] = 1 - labels[0]
    place = table.column_names.index("label")
    pq.write_table(table.set_column(place, table.schema.field("label"), [labels]), train)
    sign(tmp_path / "set")
    done = client.run("push", tmp_path / "set", NAME)
    assert done.code == 4
    assert "does not hold what it promises" in done.complaint
    assert "label" in done.complaint
    assert "jtextkit check" in done.complaint
    assert hub.seen == []


def test_a_licence_looser_than_the_sources(hub: Hub, client: Client, copy: Path) -> None:
    card = copy / "README.md"
    text = card.read_text(encoding="utf-8")
    for licence, word in (
        ("cc0-1.0", "looser than 'Apache-2.0'"),
        ("mit", "lacks the condition 'indicate changes'"),
        ("somebodys", "is not known"),
    ):
        card.write_text(
            text.replace("license: apache-2.0", f"license: {licence}"), encoding="utf-8"
        )
        sign(copy)
        done = client.run("push", copy, NAME)
        assert (done.code, word in done.complaint) == (4, True), done.err
    card.write_text(text.replace("license: apache-2.0\n", ""), encoding="utf-8")
    sign(copy)
    assert "names no licence" in client.run("push", copy, NAME).complaint
    card.write_text(
        text.replace("license: apache-2.0", "license: cc-by-nc-sa-4.0"), encoding="utf-8"
    )
    sign(copy)
    assert client.run("push", copy, NAME, "--dry-run").code == 0
    assert hub.writes() == []


def test_a_card_that_datasets_cannot_follow(hub: Hub, client: Client, copy: Path) -> None:
    card = copy / "README.md"
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("path: train.parquet", "path: trian.parquet"), encoding="utf-8")
    sign(copy)
    done = client.run("push", copy, NAME)
    assert (done.code, "datasets cannot load it" in done.complaint) == (4, True)
    card.write_text(f"{text[:4]}a: [\n{text[4:]}", encoding="utf-8")
    sign(copy)
    done = client.run("push", copy, NAME)
    assert (done.code, "YAML" in done.complaint) == (4, True)
    assert hub.seen == []


@pytest.mark.parametrize(
    "words",
    [
        ["difficulty"],
        ["a/b/c"],
        ["https://huggingface.co/a/b"],
        ["../x"],
        [NAME, "--tag", "main"],
        [NAME, "--tag", "v 1"],
        [NAME, "--revision", "a..b"],
        [NAME, "--revision", "dev", "--tag", "dev"],
    ],
)
def test_names_that_cannot_be(hub: Hub, client: Client, plain: Path, words: list[str]) -> None:
    assert client.run("push", plain, *words).code == 2
    assert hub.seen == []


def test_the_hubs_own_words_are_told(hub: Hub, client: Client, plain: Path) -> None:
    said = {"errors": [{"message": "'licence' is not allowed"}], "warnings": []}
    hub.fault(*ROUTES["card"], status(400, json.dumps(said).encode()))
    done = client.run("push", plain, NAME)
    assert (done.code, "'licence' is not allowed" in done.complaint) == (1, True)
    said = {"errors": [], "warnings": [{"message": "'pretty_name' is long"}]}
    hub.fault(*ROUTES["card"], status(200, json.dumps(said).encode()))
    done = client.run("push", plain, NAME)
    (line,) = [line for line in done.err.splitlines() if "pretty_name" in line]
    assert line.endswith("README.md: - 'pretty_name' is long")
    assert "UserWarning" not in done.err
    hub.repos.clear()
    hub.fault(*ROUTES["commit"], refuse(403, f"Forbidden for {TOKEN}: pass a write token"))
    done = client.run("push", plain, NAME)
    assert "Forbidden for ***: pass a write token" in done.complaint
    hub.fault(*ROUTES["heads"], status(200, b"<html>welcome to the hotel</html>"))
    done = client.run("push", plain, NAME)
    assert "is not understood" in done.complaint
