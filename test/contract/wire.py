"""Values as they stand on the wire, decoded by AWS's model. What the model does not know stays under its name on the wire."""

import base64
import binascii
import xml.etree.ElementTree

from botocore.utils import parse_timestamp


def wire_name(shape, name, member):
    return member.serialization.get('name', name)


def scalar(shape, text):
    """A scalar that is sent as text; the text itself where it is none."""
    try:
        if shape.type_name in ('integer', 'long'):
            return int(text)
        if shape.type_name in ('float', 'double'):
            return float(text)
        if shape.type_name == 'boolean':
            return {'true': True, 'false': False}.get(text, text)
        if shape.type_name == 'timestamp':
            return parse_timestamp(text)
        if shape.type_name == 'blob':
            return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return text
    return text


def from_json(shape, value):
    """A value of JSON 1.x and REST-JSON."""
    kind = shape.type_name
    if value is None or getattr(shape, 'is_document_type', False):
        return value
    if kind == 'structure' and isinstance(value, dict):
        names = {wire_name(shape, name, member): name for name, member in shape.members.items()}
        return {
            names.get(key, key): from_json(shape.members[names[key]], item) if key in names else item
            for key, item in value.items()
        }
    if kind == 'list' and isinstance(value, list):
        return [from_json(shape.member, item) for item in value]
    if kind == 'map' and isinstance(value, dict):
        return {key: from_json(shape.value, item) for key, item in value.items()}
    if kind == 'blob' and isinstance(value, str):
        return scalar(shape, value)
    if kind == 'timestamp':
        return _json_timestamp(shape, value)
    return value


def _json_timestamp(shape, value):
    form = shape.serialization.get('timestampFormat', 'unixTimestamp')
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return parse_timestamp(value) if is_number == (form == 'unixTimestamp') else f'{value}, where {form} is meant,'


def local(tag):
    return tag.rpartition('}')[2]


def from_xml(shape, node):
    """A value of an XML answer."""
    kind = shape.type_name
    if kind == 'structure':
        return structure_from_xml(shape, list(node))
    if kind == 'list':
        name = shape.member.serialization.get('name', 'member')
        wrong = [local(child.tag) for child in node if local(child.tag) != name]
        return f'list of {wrong[0]}' if wrong else [from_xml(shape.member, child) for child in node]
    if kind == 'map':
        key, value = shape.key.serialization.get('name', 'key'), shape.value.serialization.get('name', 'value')
        entries = [{local(part.tag): part for part in entry} for entry in node]
        return {from_xml(shape.key, entry[key]): from_xml(shape.value, entry[value]) for entry in entries}
    return scalar(shape, node.text or '')


def structure_from_xml(shape, children):
    """A structure of the elements; a list that is flattened stands among them item by item."""
    names = {}
    for name, member in shape.members.items():
        is_flat = member.type_name == 'list' and member.serialization.get('flattened')
        inner = member.member.serialization.get('name') if is_flat else None
        names[inner or wire_name(shape, name, member)] = name
        if is_flat:
            names.setdefault(wire_name(shape, name, member), name)
    found = {}
    for child in children:
        name = names.get(local(child.tag), local(child.tag))
        member = shape.members.get(name)
        if member is None:
            found[name] = child.text
        elif member.type_name == 'list' and member.serialization.get('flattened'):
            found.setdefault(name, []).append(from_xml(member.member, child))
        else:
            found[name] = from_xml(member, child)
    return found


def xml_root(body):
    return xml.etree.ElementTree.fromstring(body)


def from_query(shape, pairs, is_ec2):
    """A structure of the parameters of AWS Query; what belongs to no member stays under its name."""
    rest = dict(pairs)
    value = _query_value(shape, '', rest, is_ec2)
    return {**value, **rest}


def _query_value(shape, prefix, rest, is_ec2):
    kind = shape.type_name
    dot = f'{prefix}.' if prefix else ''
    if kind == 'structure':
        found = {}
        for name, member in shape.members.items():
            inner = f'{dot}{_query_name(name, member, is_ec2)}'
            if any(key == inner or key.startswith(f'{inner}.') for key in rest):
                found[name] = _query_value(member, inner, rest, is_ec2)
        return found
    if kind == 'list':
        is_flat = is_ec2 or shape.serialization.get('flattened')
        inner = prefix if is_flat else f'{prefix}.{shape.member.serialization.get("name", "member")}'
        count = 0
        while any(key == f'{inner}.{count + 1}' or key.startswith(f'{inner}.{count + 1}.') for key in rest):
            count += 1
        return [_query_value(shape.member, f'{inner}.{index + 1}', rest, is_ec2) for index in range(count)]
    return scalar(shape, rest.pop(prefix, ''))


def _query_name(name, member, is_ec2):
    if not is_ec2:
        if member.type_name == 'list' and member.serialization.get('flattened'):
            return member.member.serialization.get('name', name)
        return member.serialization.get('name', name)
    if 'queryName' in member.serialization:
        return member.serialization['queryName']
    wire = member.serialization.get('name', name)
    return wire[0].upper() + wire[1:]
