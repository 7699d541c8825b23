"""A recorded exchange with AWS: what of the request and of the answer differs from botocore's model."""

import base64
import functools
import json
import re
import urllib.parse
from xml.etree.ElementTree import ParseError

from botocore.loaders import Loader
from botocore.model import ServiceModel

import known
import wire
from shapes import differences

# Where the service in a signature is not the name that botocore has for it.
NAMES = {'sso': 'sso-admin', 'access-analyzer': 'accessanalyzer', 'states': 'stepfunctions'}

# The errors that every action may answer, with their HTTP status, by protocol; they stand in no model.
# https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
# https://docs.aws.amazon.com/organizations/latest/APIReference/CommonErrors.html
QUERY_ERRORS = {
    'AccessDenied': 403,
    'ExpiredToken': 403,
    'InvalidAction': 400,
    'MissingAuthenticationToken': 403,
    'SignatureDoesNotMatch': 403,
    'Throttling': 400,
    'ValidationError': 400,
}
JSON_ERRORS = {
    'AccessDeniedException': 400,
    'ExpiredTokenException': 400,
    'InvalidSignatureException': 403,
    'MissingAuthenticationToken': 403,
    'ThrottlingException': 400,
    'UnknownOperationException': 400,
    'ValidationException': 400,
}
COMMON_ERRORS = {
    'query': QUERY_ERRORS,
    'ec2': {'UnauthorizedOperation': 403, 'RequestExpired': 400, 'RequestLimitExceeded': 503},
    'json': JSON_ERRORS,
    'rest-json': {**JSON_ERRORS, 'AccessDeniedException': 403, 'ExpiredTokenException': 403},
    'rest-xml': {'AccessDenied': 403, 'ExpiredToken': 400, 'NoSuchBucket': 404, 'RequestTimeTooSkewed': 403, 'SlowDown': 503},
}
# What the SDK adds to every request.
ADDED_HEADERS = {'x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token', 'x-amz-user-agent'}
ADDED_QUERY = {'x-id'}


@functools.cache
def model_of(service):
    name = NAMES.get(service, service)
    return ServiceModel(Loader().load_service_model(name, 'service-2'), name)


class Exchange:
    """One line of a recording."""

    def __init__(self, line):
        record = json.loads(line)
        self.method, self.url = record['method'], record['url']
        self.headers = {name.lower(): value for name, value in record['headers'].items()}
        self.body = base64.b64decode(record['body'])
        self.status = record['status']
        self.answer_headers = {name.lower(): str(value) for name, value in record['answerHeaders'].items()}
        self.answer = base64.b64decode(record['answer'])
        self.service = record['service']
        self.model = model_of(self.service)
        self.protocol = self.model.metadata['protocol']
        self.operation, self.labels = self._operation()

    def _operation(self):
        if self.protocol in ('query', 'ec2'):
            return self.model.operation_model(dict(self._form()).get('Action')), {}
        if self.protocol == 'json':
            prefix, _, action = self.headers.get('x-amz-target', '').rpartition('.')
            if prefix != self.model.metadata['targetPrefix']:
                raise ValueError(f'the target is {prefix}, where {self.model.metadata["targetPrefix"]} is meant')
            return self.model.operation_model(action), {}
        return self._by_path()

    def _form(self):
        return urllib.parse.parse_qsl(self.body.decode(), keep_blank_values=True)

    def _by_path(self):
        path, _, query = self.url.partition('?')
        given = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        found = []
        for name in self.model.operation_names:
            operation = self.model.operation_model(name)
            uri, _, literal = operation.http['requestUri'].partition('?')
            if 'Bucket' in getattr(operation.input_shape, 'members', {}) and '{Bucket}' not in uri:
                # The bucket is a part of the host in the model, and of the path where the endpoint is an address.
                uri = ('/{Bucket}' + uri).rstrip('/')
            pattern = re.sub(r'\\\{(\w+)(\\\+)?\\\}', lambda m: f'(?P<{m[1]}>{".+" if m[2] else "[^/]+"})', re.escape(uri))
            match = re.fullmatch(pattern, path if path == '/' else path.rstrip('/'))
            wanted = dict(urllib.parse.parse_qsl(literal, keep_blank_values=True))
            is_asked = given.get('x-id', name) == name and all(given.get(key) == value for key, value in wanted.items())
            if match and operation.http['method'] == self.method and is_asked:
                labels = {key: urllib.parse.unquote(value) for key, value in match.groupdict().items()}
                found.append((len(wanted), operation, labels))
        if not found:
            raise ValueError(f'no operation is {self.method} {self.url}')
        _, operation, labels = max(found, key=lambda item: item[0])
        return operation, labels

    @property
    def name(self):
        return f'{self.service}:{self.operation.name}'

    def differences(self):
        """Every difference, each with the place."""
        asked = self._request_differences()
        answered = self._answer_differences() if self.status < 300 else self._error_differences()
        return [f'{self.name} request {found}' for found in asked] + [f'{self.name} answer {found}' for found in answered]

    def _request_differences(self):
        shape = self.operation.input_shape
        if self.protocol in ('query', 'ec2'):
            pairs = self._form()
            version = dict(pairs).get('Version')
            wrong = [] if version == self.model.api_version else [f'Version: is {version}']
            rest = [(name, value) for name, value in pairs if name not in ('Action', 'Version')]
            if shape is None:
                return wrong + [f'{name}: is no parameter' for name, _ in rest]
            return wrong + differences(shape, wire.from_query(shape, rest, self.protocol == 'ec2'), '')
        if self.protocol == 'json':
            return differences(shape, wire.from_json(shape, json.loads(self.body or b'{}')), '') if shape else []
        return differences(shape, self._rest_input(shape), '') if shape else []

    def _rest_input(self, shape):
        query = {}
        for name, value in urllib.parse.parse_qsl(self.url.partition('?')[2], keep_blank_values=True):
            query.setdefault(name, []).append(value)
        literal = urllib.parse.parse_qs(self.operation.http['requestUri'].partition('?')[2], keep_blank_values=True)
        headers = {name: value for name, value in self.headers.items() if name.startswith('x-amz-') and name not in ADDED_HEADERS}
        value = {}
        for name, member in shape.members.items():
            place, on_wire = member.serialization.get('location'), wire.wire_name(shape, name, member)
            if place == 'uri' and on_wire in self.labels:
                value[name] = wire.scalar(member, self.labels[on_wire])
            elif place == 'querystring' and on_wire in query:
                given = query.pop(on_wire)
                value[name] = given if member.type_name == 'list' else wire.scalar(member, given[0])
            elif place == 'header':
                given = headers.pop(on_wire.lower(), None)
                if given is not None:
                    value[name] = wire.scalar(member, given)
        unknown = {name: given for name, given in query.items() if name not in ADDED_QUERY and name not in literal}
        return {**value, **unknown, **headers, **self._rest_body(shape)}

    def _rest_body(self, shape):
        payload = shape.serialization.get('payload')
        if payload:
            return {payload: self.body}
        if self.protocol == 'rest-xml' or not self.body:
            return {}
        return wire.from_json(shape, json.loads(self.body))

    def _answer_differences(self):
        shape = self.operation.output_shape
        wanted = self.operation.http.get('responseCode', 200)
        wrong = [] if self.status == wanted else [f'status: is {self.status}, where {wanted} is meant']
        if shape is None:
            return wrong
        return wrong + differences(shape, known.as_modeled(self.name, self._output(shape)), '')

    def _output(self, shape):
        if self.protocol in ('json', 'rest-json'):
            return wire.from_json(shape, json.loads(self.answer or b'{}'))
        payload = shape.serialization.get('payload')
        if payload:
            return {payload: self.answer}
        if self.protocol == 'rest-xml' and not self.answer:
            return {}
        root = wire.xml_root(self.answer)
        if self.protocol == 'rest-xml':
            return wire.structure_from_xml(shape, list(root))
        if wire.local(root.tag) != f'{self.operation.name}Response':
            raise ValueError(f'the root of the answer is {root.tag}')
        if self.protocol == 'ec2':
            return wire.structure_from_xml(shape, [child for child in root if wire.local(child.tag) != 'requestId'])
        # Without a wrapper, the answer is the root itself.
        results = [child for child in root if wire.local(child.tag) == shape.serialization.get('resultWrapper')]
        return wire.structure_from_xml(shape, list(results[0]) if results else [])

    def _error_differences(self):
        code = self._error_code()
        for shape in self.operation.error_shapes:
            error = shape.metadata.get('error') or {}
            if code == error.get('code', shape.name):
                wanted = error.get('httpStatusCode') or (500 if shape.metadata.get('fault') else 400)
                return [] if self.status == wanted else [f'{code}: status is {self.status}, where {wanted} is meant']
        common = COMMON_ERRORS[self.protocol]
        if code not in common:
            return [f'{code}: is no error of the operation']
        return [] if self.status == common[code] else [f'{code}: status is {self.status}, where {common[code]} is meant']

    def _error_code(self):
        if self.protocol in ('json', 'rest-json'):
            header = self.answer_headers.get('x-amzn-errortype')
            return header or json.loads(self.answer or b'{}').get('__type', '').rpartition('#')[2]
        codes = [node.text for node in wire.xml_root(self.answer).iter() if wire.local(node.tag) == 'Code']
        return codes[0] if codes else ''


def differences_of(line):
    """The name of the action of a recorded line, and how it differs; a line that cannot be read is a difference itself."""
    try:
        exchange = Exchange(line)
        return exchange.name, exchange.differences()
    except (ValueError, KeyError, ParseError) as error:
        return None, [f'{json.loads(line)["service"]}: {type(error).__name__}: {error}']
    except Exception as error:
        if type(error).__module__.startswith('botocore'):
            return None, [f'{json.loads(line)["service"]}: {error}']
        raise
