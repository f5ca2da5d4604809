"""Rules about the code itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "studyhub").rglob("*.py"))
DOMAIN = [
    path
    for path in SOURCES
    if path.relative_to(ROOT / "studyhub").parts[0]
    not in {"web", "cli", "app.py", "migrations", "schema.py"}
]
LONGEST = 250
DRAWERS = {"utils.py", "helpers.py", "common.py", "misc.py", "core.py", "base.py", "manager.py"}


def _trees(paths: list[Path]) -> Iterator[tuple[Path, ast.Module]]:
    for path in paths:
        yield path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))


def test_no_module_is_longer_than_a_head_can_hold() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in [
            *SOURCES,
            *(ROOT / "tests").rglob("*.py"),
            *(ROOT / "benchmarks").rglob("*.py"),
        ]
        if "migrations/versions" not in path.as_posix()
    }

    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}


def test_no_drawer_has_a_lazy_name() -> None:
    assert [path for path in SOURCES if path.name in DRAWERS] == []


def test_imports_stand_at_the_top() -> None:
    hidden = [
        f"{path}:{inner.lineno}"
        for path, tree in _trees(SOURCES)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []


def test_only_the_web_and_the_command_line_commit() -> None:
    commits = [
        f"{path}:{call.lineno}"
        for path, tree in _trees(DOMAIN)
        for call in ast.walk(tree)
        if isinstance(call, ast.Attribute) and call.attr == "commit"
    ]

    assert commits == []


def test_public_functions_say_what_they_promise() -> None:
    silent = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in _trees(SOURCES)
        for node in _public(tree)
        if ast.get_docstring(node) is None and not _is_hook(node)
    ]

    assert silent == []


def _public(tree: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Functions and classes of a module, and what public classes offer; nothing nested.

    The name and type of a property usually say it all.
    """
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and _is_property(node):
            continue
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


def _is_property(node: ast.FunctionDef) -> bool:
    return any("property" in ast.unparse(decorator) for decorator in node.decorator_list)


def test_validators_with_numbers_bring_a_sentence_of_their_own() -> None:
    """WTForms would fill the number into an English sentence that no catalogue knows."""
    speechless = [
        f"{path}:{call.lineno}"
        for path, tree in _trees(SOURCES)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"Length", "NumberRange", "EqualTo"}
        and not (call.args[1:] or any(word.arg == "message" for word in call.keywords))
    ]

    assert speechless == []


def _is_hook(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """A method that another library calls by its name needs no promise of ours."""
    return node.name in {"format", "upgrade", "downgrade"} or node.name.startswith("validate_")


@pytest.mark.parametrize("template", sorted((ROOT / "templates").rglob("*.html")), ids=str)
def test_templates_carry_no_inline_script_or_style(template: Path) -> None:
    text = template.read_text("utf-8")

    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=[\"']", text)


def test_no_class_is_dressed_by_two_rooms() -> None:
    """All rooms share one stylesheet: a word of two rooms would change the pages of both."""
    dressed: dict[str, set[str]] = {}
    for file in (ROOT / "static" / "css").glob("*.css"):
        plain = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
        for word in re.findall(r"(?<=[{};,])\s*\.([a-z][\w-]*)\s*(?=[,{])", plain):
            dressed.setdefault(word, set()).add(file.name)

    shared = {"base.css", "layout.css", "print.css"}
    assert {word: files for word, files in dressed.items() if len(files - shared) > 1} == {}
