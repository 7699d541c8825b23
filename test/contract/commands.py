"""`python commands.py FOLDER FILE ...`: parses every AWS CLI command of the files with the AWS CLI itself, without calling AWS."""

import contextlib
import io
import json
import pathlib
import re
import socket
import sys

import awscli
import awscli.clidriver
import awscli.customizations.s3.subcommands
import awscli.paramfile
from awscli.customizations.commands import BasicCommand

import shapes
import wire
from command_texts import commands_in, commands_in_source

# Version 2 of the AWS CLI alone has these, or a newer one than the pinned one of PyPI, which is version 1.
# https://docs.aws.amazon.com/cli/latest/reference/
VERSION_2 = ('sso login', 'login ', 'signin list-sessions')
# What a command in a source can be wrong in, since its values come from elsewhere, and at times more of its options.
OPTIONS_OF_PART = 'Unknown options|Invalid choice'
OPTIONS = f'{OPTIONS_OF_PART}|required'
PLACEHOLDER = re.compile(r'[A-Z][A-Z0-9_]*')


def refuse(*_):
    raise RuntimeError('a command called the network')


def content_of(path, **_):
    """What a file:// of a command is taken to hold: text that is long enough for everything."""
    return path and '{' + ' ' * 1000 + '}'


class Parser:
    """The AWS CLI, which checks what it would send, and sends nothing."""

    def __init__(self):
        socket.socket.connect = refuse
        awscli.clidriver.CLIOperationCaller.invoke = self._check
        # Called by the loader of parameters, for file:// and fileb://.
        awscli.paramfile.get_file = lambda prefix, path, mode: content_of(path) if 'b' not in mode else content_of(path).encode()
        awscli.paramfile.LOCAL_PREFIX_MAP = {
            prefix: (awscli.paramfile.get_file, options) for prefix, (_, options) in awscli.paramfile.LOCAL_PREFIX_MAP.items()
        }
        self.driver = awscli.clidriver.create_clidriver()
        for command in _below(BasicCommand):
            command._run_main = lambda *_: 0
        self.found = []

    def _check(self, service, operation, parameters, parsed_globals):
        parameters.pop('PaginationConfig', None)
        shape = self.driver.session.get_service_model(service).operation_model(operation).input_shape
        if shape is not None:
            self.found += shapes.differences(shape, _without_placeholders(shape, parameters), '')
        return 0

    def faults(self, words):
        """What is wrong with a command, nothing where it is right."""
        self.found = []
        errors = io.StringIO()
        try:
            with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
                code = self.driver.main(words + ([] if '--region' in words else ['--region', 'eu-west-1']))
        except SystemExit as end:
            code = end.code
        # The parser says how it is called, the versions that there are, and every choice; all else is the fault.
        said = [line for line in errors.getvalue().splitlines() if not re.match(r'usage:|To see|Note:|  |$|[\w -]+\|', line)]
        return self.found + (said or [f'exit code {code}'] if code else [])


def _below(kind):
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _without_placeholders(shape, value):
    """The value, with anything in place of what the reader is to fill in."""
    if value == {}:
        return shapes.ANYTHING
    if isinstance(value, dict) and shape.type_name == 'structure':
        members = shape.members
        return {name: _without_placeholders(members[name], item) if name in members else item for name, item in value.items()}
    if isinstance(value, list) and shape.type_name == 'list':
        return [_without_placeholders(shape.member, item) for item in value]
    if shape.type_name == 'timestamp' and isinstance(value, str) and not PLACEHOLDER.fullmatch(value):
        return wire.scalar(shape, value)
    is_open = isinstance(value, str) and PLACEHOLDER.fullmatch(value) and not (shape.type_name == 'string' and shape.enum)
    return shapes.ANYTHING if is_open or value == '{' + ' ' * 1000 + '}' else value


def texts_of(file):
    """The texts of a file that may hold commands: the whole, or each text of a JSON file."""
    text = file.read_text()
    if file.suffix == '.json':
        return list(_strings(json.loads(text)))
    # Markdown escapes what would be emphasis.
    return [re.sub(r'\\([_*<>])', r'\1', text)]


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def main(files):
    parser, seen, faulty = Parser(), set(), 0
    for file in map(pathlib.Path, files):
        if file.suffix == '.ts':
            found = [(words, OPTIONS_OF_PART if is_partial else OPTIONS) for words, is_partial in commands_in_source(file.read_text())]
        else:
            found = [(words, '') for text in texts_of(file) for words in commands_in(text)]
        for words, about in found:
            if tuple(words) in seen or ' '.join(words).startswith(VERSION_2):
                continue
            seen.add(tuple(words))
            faults = [fault for fault in parser.faults(words) if re.search(about, fault)]
            if faults:
                faulty += 1
                print(f'{file}: aws {" ".join(words)}\n    ' + '\n    '.join(faults))
    print(f'{len(seen)} commands, {faulty} of them wrong for the AWS CLI {awscli.__version__}')
    return 1 if faulty or not seen else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
