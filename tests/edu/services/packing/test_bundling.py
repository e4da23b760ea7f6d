"""Our modules as one classic script: it does the same, and what is not understood is refused."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from edu.services.packing.bundling import bundle, read
from edu.services.packing.script import ScriptError
from edu.web.pack_document import ENTRY, WITHOUT

SCRIPTS = Path(__file__).parents[4] / "edu/static/js"
FILES = {
    "main.js": """
import { add, Sum as Adder } from './lib/sum.js';
import Tool from './lib/tool.js';
import './lib/first.js';
// import { nothing } from './nowhere.js';
/** @typedef {import('./nowhere.js').Nothing} Nothing */
const { said } = globalThis;
const words = "import x from 'y'";
said.push(add(1, 2), new Adder().of(3, 4), new Tool().name, words.length);
globalThis.waits = import('./lib/later.js').then(({ default: Later }) => said.push(new Later().name));
globalThis.lost = import('./lib/absent.js').catch((error) => said.push(error.message));
said.push(new URL('../css/a.css', import.meta.url).pathname);
""",
    "lib/sum.js": """
export const START = [0, 1].length - 2;
export function add(a, b) { return a + b + START; }
export class Sum { of(a, b) { return add(a, b); } }
""",
    "lib/tool.js": """
import { add } from './sum.js';
export default class Tool { name = `tool ${add(1, 1)}`; }
""",
    "lib/first.js": "globalThis.said.push('first');\n",
    "lib/later.js": """
import { add } from './sum.js';
export default class Later { name = `later ${add(2, 2)}`; }
""",
    "lib/absent.js": "export const a = 1;\n",
}


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def run(script: str) -> list[object]:
    """What the script, as a classic one, has told when everything it waits for has come."""
    program = (
        f"globalThis.said = [];\nnew Function({json.dumps(script)})();\n"
        "Promise.all([globalThis.waits, globalThis.lost])"
        ".then(() => console.log(JSON.stringify(globalThis.said)));"
    )
    done = subprocess.run(
        [shutil.which("node") or "node", "-e", program],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    found: list[object] = json.loads(done.stdout)
    return found


def test_a_bundle_does_what_its_modules_do(tmp_path: Path) -> None:
    made = bundle(written(tmp_path, FILES), "main.js", without=["lib/absent.js"])

    said = run(made)

    missing = "lib/absent.js is not in this file"
    assert sorted(map(str, said)) == sorted(
        ["first", "3", "7", "tool 2", "17", "/css/a.css", "later 4", missing]
    )
    assert said[0] == "first"


@pytest.mark.parametrize(
    "source",
    [
        "import * as all from './a.js';",
        'import { a } from "./a.js";',
        "import { a } from './a.js'",
        "export { a };",
        "export * from './a.js';",
        "export default function () {}",
        "export let a = 1;",
        "export const { a } = b;",
        "export const a = 1, b = 2;",
        "const a = await b();",
        "import(path);",
        "import.meta.resolve('./a.js');",
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(source: str) -> None:
    with pytest.raises(ScriptError, match=r"a\.js, line 1"):
        read(f"{source}\n", "a.js")


@pytest.mark.parametrize("path", ["three", "/a.js", "../../a.js", "./a.mjs"])
def test_only_files_among_the_scripts_are_imported(path: str) -> None:
    with pytest.raises(ScriptError):
        read(f"import {{ a }} from '{path}';\n", "room/b.js")


def test_modules_that_import_each_other_are_refused(tmp_path: Path) -> None:
    circle = {"a.js": "import './b.js';\n", "b.js": "import './a.js';\n"}

    with pytest.raises(ScriptError, match=r"a\.js -> b\.js -> a\.js"):
        bundle(written(tmp_path, circle), "a.js")


def test_a_module_that_cannot_be_done_without_is_not_left_out(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="cannot do without"):
        bundle(written(tmp_path, FILES), "main.js", without=["lib/sum.js"])


def test_a_module_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match=r"b\.js cannot be read"):
        bundle(written(tmp_path, {"a.js": "import './b.js';\n"}), "a.js")


def test_the_script_of_packs_is_one_classic_script(tmp_path: Path) -> None:
    made = bundle(SCRIPTS, ENTRY, without=WITHOUT)

    (tmp_path / "pack.cjs").write_text(made)
    node = shutil.which("node") or "node"
    subprocess.run([node, "--check", str(tmp_path / "pack.cjs")], check=True, timeout=30)
    assert "'practice/drill.js'" in made
    assert "hls.light" not in made
