"""Bundles: modules joined into one do what they did, are there once, and are made anew after a change."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from edu.services.packing.script import ScriptError
from edu.web import assets, bundles
from tests.reviewer import ReviewingClient

SCRIPTS = assets.FOLDER / "js"
FILES = {
    "player/main.js": """
import { COUNT, add } from '../sum.js';
export class Main {}
globalThis.said.push(['main', COUNT.n, add(1, 2)]);
globalThis.waits = import('../late/tool.js');
globalThis.soon = import('./soon.js');
export const SHEET = new URL('../../css/a.css', import.meta.url).pathname;
""",
    "player/second.js": "import Sum from '../sum.js';\nglobalThis.said.push(['second', new Sum().name]);\n",
    "player/soon.js": "globalThis.said.push(['soon']);\nexport const soon = 1;\n",
    "sum.js": """
export const COUNT = { n: 0 };
export function add(a, b) { COUNT.n += 1; return a + b; }
export default class Sum { name = 'sum'; }
""",
    "late/tool.js": """
import Sum, { COUNT } from '../sum.js';
import { SHEET } from '../player/main.js';
globalThis.said.push(['tool', COUNT.n, new Sum().name, SHEET.endsWith('/css/a.css')]);
""",
}
ENTRIES = ("player/main.js", "player/second.js")


def written(folder: Path) -> Path:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def run(folder: Path) -> list[list[object]]:
    """What the modules of the folder tell when the first entry is loaded as a browser would."""
    program = f"""
globalThis.said = [];
const loaded = import('{(folder / ENTRIES[0]).as_uri()}');
await loaded;
await waits;
await soon;
console.log(JSON.stringify(said));
"""
    node = shutil.which("node") or "node"
    command = [node, "--input-type=module", "-e", program]
    done = subprocess.run(command, capture_output=True, timeout=30, check=True)
    told: list[list[object]] = json.loads(done.stdout)
    return told


def test_a_bundle_does_what_its_modules_do_and_a_tool_that_comes_later_gets_the_same_ones(
    tmp_path: Path,
) -> None:
    folder = written(tmp_path / "js")
    (tmp_path / "js/package.json").write_text('{"type": "module"}')

    made = bundles.joined(folder, ENTRIES, ("player/soon.js",))
    for name, text in made.texts.items():
        (folder / name).write_text(text)

    told = run(folder)
    assert told[0] == ["main", 0, 3]
    assert ["second", "sum"] in told
    assert ["soon"] in told
    assert ["tool", 1, "sum", True] in told


def test_a_bundle_is_made_anew_when_one_of_its_files_changes(tmp_path: Path) -> None:
    folder = written(tmp_path)
    made = bundles.joined(folder, ENTRIES)
    assert made.is_true

    os.utime(folder / "sum.js", ns=(1, 1))

    assert not made.is_true


def test_what_is_not_understood_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "sum.js").write_text("export { a as b };\n")

    with pytest.raises(ScriptError):
        bundles.joined(folder, ENTRIES)


@pytest.mark.parametrize("name", bundles.BUNDLES)
def test_each_bundle_names_all_that_it_may_ask_for_as_files_that_are_there(app: Flask, name: str) -> None:
    first = bundles.entry(name)
    text = bundles.text(SCRIPTS, name, first)

    assert text is not None
    asked = re.findall(r"=> import\('([^']+)'\)", text)
    assert asked
    assert all((SCRIPTS / first).parent.joinpath(path).is_file() for path in asked)


def test_a_lesson_has_one_script_which_is_kept_for_ever_and_the_rest_of_its_room_leads_to_it(
    app: Flask, client: ReviewingClient
) -> None:
    build = app.config["BUILD"]
    home = f"/static/{build}.screening"

    joined = client.get(f"{home}/js/player/edu-player.js", headers={"Accept-Encoding": "gzip"})
    handed = client.get(f"{home}/js/player/preferences.js")
    alone = client.get(f"{home}/js/practice/tools.js", buffered=True)
    sheet = client.get(f"{home}/css/mirror.css", buffered=True)

    assert joined.headers["Cache-Control"] == handed.headers["Cache-Control"] == assets.KEPT
    assert joined.headers["Content-Encoding"] == "gzip"
    assert joined.mimetype == "text/javascript"
    assert handed.text.startswith("import { need } from './edu-player.js';")
    for same, path in ((alone, "js/practice/tools.js"), (sheet, "css/mirror.css")):
        assert same.data == client.get(f"/static/{build}/{path}", buffered=True).data


def test_an_old_build_of_a_bundle_is_the_present_one_and_not_kept_and_an_unknown_one_is_the_file(
    app: Flask, client: ReviewingClient
) -> None:
    old = client.get("/static/000000000000.screening/js/wording.js")
    unknown = client.get(f"/static/{app.config['BUILD']}.nothing/js/wording.js", buffered=True)

    assert (old.status_code, old.headers["Cache-Control"]) == (200, "no-cache")
    assert b"export function words" in unknown.data
