"""The house: floors, import direction, no loops, sizes and names, as DESIGN and STYLE say them."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("edu", "media", "captions", "quizzes")
GROUND = ("media", "captions", "quizzes")
# From the lowest floor to the highest. A room imports from lower floors and from itself, never sideways.
FLOORS = (
    {"errors", "clock", "durable", "garbage", "supervisor"},
    {"settings", "db", "storage", "courseware", "uploads", "translations"},
    {"models", "runtime"},
    {"policy", "queue", "schema"},
    {"services"},
    {"web", "jobs"},
    {"app", "keeping"},
    {"cli", "wsgi"},
    {"__main__"},
)
FLOOR_OF = {room: height for height, floor in enumerate(FLOORS) for room in floor}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "tools_misc"}
MOST_LINES = 400
MOST_IN_FUNCTION = 50
TOP_LEVEL = {
    *("edu", "media", "captions", "quizzes", "templates", "tests", "requirements.txt"),
    *("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "DECISIONS.md", "LICENSE", "pyproject.toml"),
    *("requirements-dev.txt", "package.json", "package-lock.json", "Makefile", ".gitignore", ".ci"),
}
FOREIGN_AT_GROUND = {"edu", "flask", "sqlalchemy", "werkzeug", "jinja2", "alembic", "obstore"}


@cache
def sources() -> dict[str, Path]:
    """Every module of the four packages by its name; course content and migrations are data."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "content" not in parts and "migrations" not in parts:
                found[".".join(parts).removesuffix(".__init__")] = path
    return found


@cache
def tree(module: str) -> ast.Module:
    return parsed(sources()[module])


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named_imports(module: str) -> Iterator[str]:
    """Every name that the module imports anywhere in its text: deferred ones and those for types count."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def imports(module: str) -> frozenset[str]:
    """The modules of ours that it imports; `from package import name` is the submodule where there is one."""
    found = set()
    for name in named_imports(module):
        while name and name not in sources():
            name = name.rpartition(".")[0]
        if name and name != module:
            found.add(name)
    return frozenset(found)


def room(module: str) -> str:
    """The room of a module of edu; the package itself holds the version only."""
    return module.split(".")[1] if "." in module else ""


def test_every_room_of_edu_stands_on_a_floor() -> None:
    rooms = {room(module) for module in sources() if module.startswith("edu.")}

    assert rooms == set(FLOOR_OF)


def test_imports_run_down_or_stay_in_the_room() -> None:
    wrong = [
        f"{module} -> {target}"
        for module in sources()
        if module.startswith("edu.")
        for target in imports(module)
        if target.startswith("edu.")
        and room(target) != room(module)
        and FLOOR_OF[room(target)] >= FLOOR_OF[room(module)]
    ]

    assert wrong == []


def test_no_import_goes_round_in_a_loop() -> None:
    # A package's face imports its files, and each file is loaded by way of the face: that pair is no loop.
    graph = {
        module: {target for target in imports(module) if not module.startswith(f"{target}.")}
        for module in sources()
    }

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_a_file_does_not_import_the_face_of_its_own_package() -> None:
    """Else the face must be finished before its files are, and the order of its lines would matter."""
    wrong = [
        f"{module} -> {target}"
        for module in sources()
        for target in imports(module)
        if module.startswith(f"{target}.") and target != "edu"
    ]

    assert wrong == []


def test_the_ground_libraries_know_neither_each_other_nor_the_platform() -> None:
    wrong = [
        f"{module} -> {name}"
        for module in sources()
        if module.split(".")[0] in GROUND
        for name in named_imports(module)
        if name.split(".")[0] in (FOREIGN_AT_GROUND | set(GROUND)) - {module.split(".")[0]}
    ]

    assert wrong == []


def test_the_supervisor_needs_nothing_but_the_standard_library() -> None:
    assert {name.split(".")[0] for name in named_imports("edu.supervisor")} <= sys.stdlib_module_names


def loaded_by(program: str) -> set[str]:
    """The top-level packages in memory after a fresh interpreter has run the program."""
    code = f"{program}\nimport sys; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_worker_loads_no_flask() -> None:
    program = "import edu.jobs.handlers, edu.jobs.worker, edu.cli.main, edu.cli.serve"

    assert not loaded_by(program) & {"flask", "werkzeug", "flask_login", "flask_wtf", "flask_babel"}


@pytest.mark.parametrize("library", GROUND)
def test_a_library_loads_no_database_and_no_web(library: str) -> None:
    others = set(GROUND) - {library}

    assert not loaded_by(f"import {library}") & ({"edu", "flask", "sqlalchemy", "werkzeug"} | others)


def test_services_never_see_a_request_and_never_commit() -> None:
    flask = [m for m in sources() if room(m) in ("services", "jobs") and "flask" in _roots(m)]
    commits = [
        f"{module}:{node.lineno}"
        for module in sources()
        if room(module) == "services"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute) and node.attr in ("commit", "rollback")
    ]

    assert (flask, commits) == ([], [])


def _roots(module: str) -> set[str]:
    return {name.split(".")[0] for name in named_imports(module)}


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = {
        module
        for module in sources()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "utcnow", "today")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("datetime", "date")
    }

    assert asking == {"edu.clock"}


def test_everything_is_caught_in_one_place_only() -> None:
    catching = {
        module
        for module in sources()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    }

    assert catching <= {"edu.jobs.worker"}


def test_a_name_says_what_is_inside() -> None:
    assert [m for m in sources() if m.rpartition(".")[2].strip("_") in NAMELESS] == []


def written_by_hand() -> Iterator[Path]:
    """Every file of code, style and markup of ours."""
    for folder in (*PACKAGES, "templates", "tests"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".js", ".css", ".html") and "vendor" not in path.parts:
                yield path


def is_migration(path: Path) -> bool:
    """Whether it is a step of the schema's history, which is written once and never split."""
    return "migrations" in path.parts


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in written_by_hand()
        if not is_migration(path) and (lines := path.read_text(encoding="utf-8").count("\n")) > MOST_LINES
    }

    assert long == {}


def test_no_function_is_longer_than_fifty_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in written_by_hand()
        if path.suffix == ".py" and not is_migration(path)
        for node in ast.walk(parsed(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or 0) - node.lineno + 1 > MOST_IN_FUNCTION
    ]

    assert long == []


def test_every_file_opens_with_a_line_that_says_what_it_holds() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in written_by_hand()
        if path.suffix == ".py" and not ast.get_docstring(parsed(path))
    ]

    assert silent == []


def test_a_package_face_holds_a_docstring_and_what_it_shows() -> None:
    allowed = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign)
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources().values()
        if path.name == "__init__.py"
        for node in parsed(path).body
        if not isinstance(node, allowed)
    ]

    assert wrong == []


@pytest.mark.parametrize("library", GROUND)
def test_what_a_library_shows_is_documented_and_typed(library: str) -> None:
    face = import_module(library)
    poor = []
    for name in face.__all__:
        thing = getattr(face, name)
        if not (inspect.isfunction(thing) or inspect.isclass(thing)):
            continue
        if not inspect.getdoc(thing):
            poor.append(f"{name} is not documented")
        if inspect.isfunction(thing):
            parameters = set(inspect.signature(thing).parameters) | {"return"}
            poor += [f"{name}: {each} has no type" for each in parameters - set(thing.__annotations__)]

    assert poor == []


def test_public_functions_of_the_libraries_are_documented() -> None:
    silent = [
        f"{module}.{node.name}"
        for module in sources()
        if module.split(".")[0] in GROUND
        for node in tree(module).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]

    assert silent == []


def test_the_top_level_holds_only_what_belongs_there() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this copy is not a repository")
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}

    assert top <= TOP_LEVEL


def test_tests_are_no_package() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []
