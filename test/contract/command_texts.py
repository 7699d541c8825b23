"""The AWS CLI commands in a text: findings, pages, and the sources that print them."""

import re
import shlex

START = re.compile(r'(?<![\w/@-])aws((?: [a-z][a-z0-9-]*){2})(?=[\s.,;:)"\']|$)')
WORD = re.compile(r"""\s*(?:\\\n\s*)?((?:'[^']*'|\\.|"(?:[^"\\]|\\.)*"|[^\s'"`])+)""")
ENDS = re.compile(r'[.,;:)]+$')


def commands_in(text):
    """Every command of a text, as its words: in Markdown's code to the end of the code, in prose to the last option."""
    is_code = False
    for part in re.split(r'(```|`)', text):
        if part in ('```', '`'):
            is_code = not is_code
            continue
        for start in START.finditer(part):
            rest = part[start.end() :]
            yield start[1].split() + (_line(rest) if is_code else _options(rest))


def _line(rest):
    """All words up to the end of the line, or to what a shell reads as the end of the command."""
    # What is to be filled in, and what another command answers.
    rest = re.sub(r'"?\$\((?:[^()]|\([^()]*\))*\)"?', 'file://answer.json', re.sub(r'<[^>]*>', 'NAME', rest))
    words = []
    while match := WORD.match(rest):
        if re.match(r'[|>;&#)]|2>', match[1]) or '\n' in rest[: match.start(1)].replace('\\\n', ''):
            break
        words += shlex.split(match[1].rstrip(';)') if match[1][-1] in ';)' else match[1])
        if match[1][-1] in ';)':
            break
        rest = rest[match.end() :]
    return words


def _options(rest):
    """The options that follow, each with its value. What stands around a command in a sentence ends it."""
    words, is_value_due = [], False
    while match := WORD.match(rest):
        raw = match[1]
        is_option = raw.startswith('--')
        if not is_option and not is_value_due:
            break
        value = raw if raw.endswith("'") else ENDS.sub('', raw)
        words += shlex.split(value)
        if value != raw:
            break
        is_value_due = is_option and '=' not in raw
        rest = rest[match.end() :]
    return words


CALL = re.compile(r"""(?<![\w.])cli\(\s*(?:'([^']+)'|`([^`]+)`)(?:,\s*(\{[^{}]*(?:\$\{[^{}]*\}[^{}]*)*\}|\w+))?""")
KEY = re.compile(r"""(?:^|[{,])\s*(?:'([\w-]+)'|(\w+))\s*(?=[:,}])(:\s*'([^']*)')?""")


def commands_in_source(text):
    """
    The commands that a source of ours composes: their words, and whether more options come from elsewhere. The value of an option is
    known where it is a literal.
    """
    for call in CALL.finditer(text):
        options = call[3] or '{}'
        is_partial = '...' in options or not options.startswith('{')
        # Of a user, a group and a role there are the same commands.
        words = re.sub(r'\$\{[^}]*\}', 'user', call[1] or call[2]).split()
        for key in KEY.finditer(re.sub(r'`[^`]*`', 'value', options)):
            words += [f'--{key[1] or key[2]}', key[4] if key[3] else 'VALUE']
        rest = text[call.end() :]
        more = re.match(r"[^`'\n]*\}((?: --[\w-]+)+)", rest)
        yield words + (more[1].split() if more else []), is_partial
