"""
`python main.py FOLDER SUITES [ACTION ...]`: how the exchanges that these suites recorded differ from botocore's models, and which
actions were not recorded.
"""

import collections
import pathlib
import sys

import botocore

from exchanges import differences_of


def main(folder, suites, wanted):
    names = tuple(suite.replace('/', '.') for suite in suites.split(','))
    files = [file for file in pathlib.Path(folder).glob('*.jsonl') if file.name.startswith(names)]
    lines = {line for file in files for line in file.read_text().splitlines()}
    actions, found = collections.Counter(), collections.Counter()
    for line in lines:
        name, differences = differences_of(line)
        actions[name] += 1
        found.update(differences)
    for difference, times in sorted(found.items()):
        print(f'{difference} ({times} times)')
    missing = sorted(set(wanted) - set(actions))
    if missing:
        print(f'not recorded: {", ".join(missing)}')
    print(f'{len(lines)} exchanges of {len(actions)} actions, {len(found)} differences from botocore {botocore.__version__}')
    return 1 if found or missing or not lines else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
