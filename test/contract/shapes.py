"""What a value must be by AWS's model: one difference a line, as `place: what is wrong`."""

import datetime
import functools

import regex

# Stands for a value that is not known, and that is right.
ANYTHING = object()


def differences(shape, value, where):
    """All differences of a decoded value from its shape."""
    kind = shape.type_name
    if getattr(shape, 'is_document_type', False) or value is None or value is ANYTHING:
        return []
    if kind == 'structure':
        return _structure(shape, value, where)
    if kind == 'list':
        if not isinstance(value, list):
            return [f'{where}: is not a list']
        items = [found for index, item in enumerate(value) for found in differences(shape.member, item, f'{where}[{index}]')]
        return _size(shape, len(value), where) + items
    if kind == 'map':
        if not isinstance(value, dict):
            return [f'{where}: is not a map']
        keys = [found for key in value for found in differences(shape.key, key, f'{where} key')]
        values = [found for key, item in value.items() for found in differences(shape.value, item, f'{where}.{key}')]
        return _size(shape, len(value), where) + keys + values
    return _scalar(shape, value, where)


def _structure(shape, value, where):
    if not isinstance(value, dict):
        return [f'{where}: is not a structure']
    unknown = [f'{where}.{name}: is no member of {shape.name}' for name in value if name not in shape.members]
    missing = [f'{where}.{name}: is required' for name in shape.required_members if value.get(name) is None]
    known = [
        found
        for name, item in value.items()
        if name in shape.members
        for found in differences(shape.members[name], item, f'{where}.{name}')
    ]
    return unknown + missing + known


TYPES = {
    'string': (str,),
    'character': (str,),
    'boolean': (bool,),
    'integer': (int,),
    'long': (int,),
    'float': (int, float),
    'double': (int, float),
    'timestamp': (datetime.datetime,),
    'blob': (bytes,),
}


def _scalar(shape, value, where):
    kind = shape.type_name
    if not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != 'boolean'):
        return [f'{where}: {value!r:.60} is no {kind}']
    if kind in ('integer', 'long', 'float', 'double'):
        return _size(shape, value, where)
    if kind == 'blob':
        return _size(shape, len(value), where)
    if kind != 'string':
        return []
    found = _size(shape, len(value), where)
    if shape.enum and value not in shape.enum:
        found.append(f'{where}: {value!r:.60} is not one of {", ".join(shape.enum)[:120]}')
    # botocore keeps the pattern of a shape, and uses it nowhere.
    pattern = shape._shape_model.get('pattern')
    if pattern and not _compiled(pattern).fullmatch(value):
        found.append(f'{where}: {value!r:.100} is not of the pattern {pattern}')
    return found


@functools.cache
def _compiled(pattern):
    # AWS writes the patterns for Java, which knows a character above U+FFFF as a pair of surrogates.
    return regex.compile(pattern.replace(r'\uD800\uDC00-\uDBFF\uDFFF', r'\U00010000-\U0010FFFF'))


def _size(shape, size, where):
    least, most = shape.metadata.get('min'), shape.metadata.get('max')
    found = []
    if least is not None and size < least:
        found.append(f'{where}: is {size}, where {least} is the least')
    if most is not None and size > most:
        found.append(f'{where}: is {size}, where {most} is the most')
    return found
