"""Which settings of a profile the code reads: found in the sources, by the types that they show.

An expression is known to be a section (or a group inside one) when it is `….of(Section)`, `….profile.utility`, a
parameter or variable annotated with the class, a name that was bound to one of these, an item of several, or a setting
that is a group itself. What a section asks of itself (`self.…`) is no reading. In templates a section goes by the name
of its table: `utility.phones`.
"""

import ast
import importlib
import inspect
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

from jinja2 import Environment, nodes

from services.chassis.profile.sections import Group, Section
from services.chassis.profile.utility import Utility

Setting = tuple[type[Group], str]
Groups = frozenset[type[Group]]
NONE: Groups = frozenset()


def settings(groups: Iterable[type[Group]]) -> set[Setting]:
    """Every setting of `groups` and of the groups inside them."""
    found: set[Setting] = set()
    for group in groups:
        found |= {(group, name) for name in group.model_fields}
        found |= settings(inner for name in group.model_fields for inner in _inside(group, name))
    return found


def read_by_code(folder: Path) -> set[Setting]:
    """The settings that the Python files of `folder` read."""
    found: set[Setting] = set()
    for file in folder.rglob("*.py"):
        module, text = ".".join(file.relative_to(folder.parent).with_suffix("").parts), file.read_text(encoding="utf-8")
        if "profile" in text:  # who reads a setting says so: in an import, or in `profile.utility`
            found.update(_read_in(ast.parse(text), module))
    return found


def read_by_templates(folder: Path, sections: Iterable[type[Section]]) -> set[Setting]:
    """The settings that the templates of `folder` read."""
    named = {section.section: section for section in sections}
    found: set[Setting] = set()
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    places = ("templates/**/*.html", "mails/**/*.html", "mails/**/*.txt")
    for file in (file for place in places for file in folder.rglob(place)):
        for step in environment.parse(file.read_text(encoding="utf-8")).find_all(nodes.Getattr):
            if isinstance(step.node, nodes.Name) and step.node.name in named:
                found.add((named[step.node.name], step.attr))
    return found


def _inside(group: type[Group], name: str) -> Groups:
    field = group.model_fields.get(name)
    return frozenset(_groups_in(field.annotation)) if field else NONE


def _groups_in(annotation: Any) -> Iterator[type[Group]]:
    if inspect.isclass(annotation) and issubclass(annotation, Group):
        yield annotation
    for part in get_args(annotation):
        yield from _groups_in(part)


@cache
def _class(module: str, name: str) -> type[Group] | None:
    found = getattr(importlib.import_module(module), name, None)
    return found if inspect.isclass(found) and issubclass(found, Group) else None


def _read_in(tree: ast.Module, module: str) -> Iterator[Setting]:
    classes: dict[str, type[Group]] = {}
    if module.endswith(".profile"):
        own = {node.name: _class(module, node.name) for node in tree.body if isinstance(node, ast.ClassDef)}
        classes |= {name: group for name, group in own.items() if group}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and ".profile" in f".{node.module}":
            known = {name.asname or name.name: _class(node.module or "", name.name) for name in node.names}
            classes |= {name: group for name, group in known.items() if group}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _Function(node, classes).reads()


class _Function:
    """One function, with what its names are bound to."""

    def __init__(self, function: ast.FunctionDef | ast.AsyncFunctionDef, classes: dict[str, type[Group]]) -> None:
        self._function = function
        self._classes = classes
        self._bound: dict[str, Groups] = {}
        arguments = function.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            self._bound[argument.arg] = self._annotated(argument.annotation)
        for _ in range(2):  # a name may be used above the line that binds it
            for node in ast.walk(function):
                self._bind(node)

    def reads(self) -> Iterator[Setting]:
        """Each setting that the function reads."""
        for node in ast.walk(self._function):
            if isinstance(node, ast.Attribute):
                yield from ((group, node.attr) for group in self._type(node.value) if node.attr in group.model_fields)

    def _bind(self, node: ast.AST) -> None:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if self._type(value):
                self._bound[name] = self._type(value)
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                for target, value in zip(names, values, strict=False):
                    self._bind(ast.Assign(targets=[target], value=value))
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                self._bound[name] = self._annotated(annotation)
            case ast.For(target=ast.Name(id=name), iter=many) | ast.comprehension(target=ast.Name(id=name), iter=many):
                self._bound[name] = self._type(many)

    def _type(self, expression: ast.expr) -> Groups:
        match expression:
            case ast.Name(id=name):
                return self._bound.get(name, NONE)
            case ast.Call(func=ast.Attribute(attr="of"), args=[ast.Name(id=name)]) if name in self._classes:
                return frozenset({self._classes[name]})
            case ast.Attribute(attr="utility", value=ast.Name(id=owner) | ast.Attribute(attr=owner)) if owner.endswith(
                "profile"
            ):
                return frozenset({Utility})
            case ast.Call(func=ast.Name(id="max" | "min" | "next" | "sorted"), args=[first, *_]):
                return self._type(first)
            case ast.ListComp(elt=item) | ast.GeneratorExp(elt=item):
                return self._type(item)
            case ast.Attribute(attr=name, value=value):
                return frozenset(inner for group in self._type(value) for inner in _inside(group, name))
        return NONE

    def _annotated(self, annotation: ast.expr | None) -> Groups:
        names = (node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)) if annotation else ()
        return frozenset(self._classes[name] for name in names if name in self._classes)
