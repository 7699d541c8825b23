import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { misplaced, parseDeployment } from '../../bin/deployment.ts';
import { initialConfig } from '../../bin/initial-files.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { defaultConfig, parseConfig } from '../../lambda/scanner/config.ts';
import { withFolder } from '../collect/folders.ts';
import { iamVigil, iamVigilProcess } from './run.ts';

const clean = path.join(__dirname, '../../examples/clean');
const files = ['cdk.context.json', 'iam-vigil.yaml'];

test('init writes both files and the next commands, and scan and template take the files without a warning', async () => {
  await withFolder({}, async (cwd) => {
    const { code, stdout, stderr } = await iamVigil(['init'], { cwd });
    expect([code, stderr, (await readdir(cwd)).toSorted()]).toEqual([0, '', files]);
    expect(stdout).toMatch(/^Wrote iam-vigil\.yaml .*\nand cdk\.context\.json /);
    const commands = stdout.split('\nNext:\n')[1]?.split('\n').filter(Boolean) ?? [];
    expect(commands.map((line) => / (doctor|scan|template --output nightly) {3,}/.exec(line)?.[1])).toEqual([
      ...['doctor', 'scan', 'template --output nightly'],
    ]);
    const [scanned, templates] = await Promise.all([
      iamVigil(['scan', '--snapshot', clean, '--now', '2026-11-20T03:00:00Z'], { cwd }),
      iamVigilProcess(['template', '--output', 'nightly'], { cwd }),
    ]);
    expect(scanned.stderr).toBe('');
    expect(templates.stderr).not.toMatch(/warning|not valid/i);
    expect(scanned.stdout).not.toContain('iam-vigil.yaml');
    expect(templates.code).toBe(0);

    const context = JSON.parse(await readFile(path.join(cwd, 'cdk.context.json'), 'utf8')) as Record<string, unknown>;
    expect(misplaced(context)).toEqual([]);
    expect(parseDeployment(context['iam-vigil'])).toEqual({
      ...{ stackName: 'IamVigil', at: '03:00', timeZone: 'Etc/UTC', flexibleWindowMinutes: 30 },
      ...{ retentionDays: 400, logRetentionDays: 365 },
    });
  });
});

test.each(files)('init stops where there is %s, and changes nothing', async (file) => {
  await withFolder({ [file]: 'mine' }, async (cwd) => {
    const { code, stdout, stderr } = await iamVigil(['init'], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${file} exists, and init overwrites nothing`);
    expect([await readdir(cwd), await readFile(path.join(cwd, file), 'utf8')]).toEqual([[file], 'mine']);
  });
});

describe('the configuration', () => {
  const text = initialConfig(checks);
  const lines = text.split('\n');
  const isSetting = (line: string) => /^#(\S| {2})/.test(line);
  /** Removed by hand, and as editors do it, which take a space with it. */
  const ways: readonly [name: string, uncommented: (line: string) => string][] = [
    ['#', (line) => (isSetting(line) ? line.slice(1) : line)],
    ['# and a space', (line) => (isSetting(line) ? line.replace(/^# ?/, '') : line)],
  ];

  test('is without effect as it is', () => {
    expect(parseConfig(text, checks)).toEqual(defaultConfig);
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  test.each(ways)('is valid as a whole without its %s, and each threshold is the default', (_name, uncommented) => {
    const config = parseConfig(lines.map(uncommented).join('\n'), checks);
    const thresholds = checks.filter(({ params }) => Object.keys(params).length > 0).map(({ id, params }) => [id, params]);
    expect(thresholds.length).toBeGreaterThan(40);
    expect(Object.fromEntries([...config.checks].map(([id, { params }]) => [id, params]))).toMatchObject(
      Object.fromEntries(thresholds),
    );
    expect(
      checks.filter(({ enabledByDefault = true }) => !enabledByDefault).map(({ id }) => config.checks.get(id)?.enabled),
    ).toEqual([true]);
    expect(config).toMatchObject({ breakGlass: { tags: { 'break-glass': 'true' } }, exceptions: [{ owner: 'platform team' }] });
  });

  test.each(ways)('each line is valid with those above that it is indented under, without its %s', (_name, uncommented) => {
    const indentOf = (line: string) => line.slice(1).search(/\S/);
    const withParents = (index: number): readonly string[] => {
      const line = lines[index] ?? '';
      const parent = lines.findLastIndex((other, at) => at < index && isSetting(other) && indentOf(other) < indentOf(line));
      return indentOf(line) === 0 ? [line] : [...withParents(parent), line];
    };
    // A line that only opens a part, or one of an exception or assertion, which have several that are required, is nothing by itself.
    const alone = lines.flatMap((line, index) =>
      isSetting(line) && !line.endsWith(':') && !/^#(exceptions|assertions):/.test(withParents(index)[0] ?? '')
        ? [withParents(index)]
        : [],
    );
    expect(alone.length).toBeGreaterThan(50);
    for (const some of alone) expect(() => parseConfig(some.map(uncommented).join('\n'), checks)).not.toThrow();
  });
});
