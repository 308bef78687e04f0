"""What YAML says, as plain values: the only place that knows a YAML library."""

from typing import Any

import msgspec
import yaml

DEEPEST = 1000  # the fast loader follows nesting on the machine's stack and would crash
SHORT = 20_000  # bytes; a shorter file cannot be nested deep enough for that
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the fast one where it was built


def loaded(content: bytes) -> Any:
    """Return what one YAML document says; raises msgspec.DecodeError with the line.

    YAML itself lets the last of two equal keys win in silence; here that is an error.
    """
    try:
        if len(content) > SHORT:
            _need_shallow(content)
        loader = LOADER(content)
        node = loader.get_single_node()
        _need_apart(node)
        return None if node is None else loader.construct_document(node)
    except (yaml.YAMLError, ValueError) as problem:  # ValueError: the 31st of February
        raise msgspec.DecodeError(str(problem)) from problem


def _need_shallow(content: bytes) -> None:
    """Raise DecodeError where collections lie in one another deeper than DEEPEST."""
    deep = 0
    for event in yaml.parse(content, Loader=LOADER):
        deep += isinstance(event, yaml.CollectionStartEvent)
        deep -= isinstance(event, yaml.CollectionEndEvent)
        if deep > DEEPEST:
            raise msgspec.DecodeError("nested too deep")


def _need_apart(root: Any) -> None:
    """Raise DecodeError where a mapping has a key again; a node behind an alias is read once."""
    waiting, seen = [root], set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            _need_keys_apart([key for key, _ in node.value])
            waiting.extend(value for _, value in node.value)


def _need_keys_apart(keys: list[Any]) -> None:
    lines: dict[tuple[str, str], int] = {}
    for key in keys:
        if isinstance(key, yaml.ScalarNode):
            name, line = (key.tag, key.value), key.start_mark.line + 1
            if name in lines:
                told = f"line {line}: the key `{key.value}` stands already in line {lines[name]}"
                raise msgspec.DecodeError(told)
            lines[name] = line
