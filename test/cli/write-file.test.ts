import { readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writePrivate } from '../../bin/commands/write-file.ts';
import { withFolder } from '../collect/folders.ts';
import { cli, iamVigil, run, sample } from './run.ts';

const inFolder = (work: (file: string, folder: string) => Promise<void>): Promise<void> =>
  withFolder({}, (folder) => work(path.join(folder, 'report.json'), folder));

describe('a file that is written', () => {
  test('has all pieces, and only its owner can read it, whatever was there before', () =>
    inFolder(async (file, folder) => {
      await writeFile(file, 'an older report that is longer', { mode: 0o644 });
      await writePrivate(file, ['a', 'b', 'ü']);
      expect(await readFile(file, 'utf8')).toBe('abü');
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(await readdir(folder)).toEqual(['report.json']);
    }));

  test('is the earlier one where the content breaks off, and nothing else is left', () =>
    inFolder(async (file, folder) => {
      await writeFile(file, 'earlier');
      const content = function* () {
        yield 'x'.repeat(3_000_000);
        throw new Error('out of memory');
      };
      await expect(writePrivate(file, content())).rejects.toThrow(`${file} cannot be written: out of memory`);
      expect(await readFile(file, 'utf8')).toBe('earlier');
      expect(await readdir(folder)).toEqual(['report.json']);
    }));

  test('stays behind the link that leads to it', () =>
    inFolder(async (file, folder) => {
      const link = path.join(folder, 'latest.json');
      await writeFile(file, 'earlier');
      await symlink('report.json', link);
      await writePrivate(link, ['new']);
      expect(await readFile(file, 'utf8')).toBe('new');
      expect((await readdir(folder)).sort()).toEqual(['latest.json', 'report.json']);
    }));

  test('may have as long a name as the file system takes', () =>
    inFolder(async (_file, folder) => {
      const name = `${'é'.repeat(125)}.json`;
      await writePrivate(path.join(folder, name), ['x']);
      expect(await readdir(folder)).toEqual([name]);
    }));
});

describe('a scan whose result cannot be written says so in a sentence', () => {
  test('a disk without room, to which the shell writes', async () => {
    const { code, stderr } = await run('sh', ['-c', `'${process.execPath}' '${cli}' scan ${sample.join(' ')} > /dev/full`]);
    expect([code, stderr]).toEqual([2, 'the result could not be written: ENOSPC: no space left on device, write\n']);
  });

  test('a disk without room, to which it writes a file', () =>
    inFolder(async (file, folder) => {
      await writeFile(file, 'earlier');
      const scan = `'${process.execPath}' '${cli}' scan ${sample.join(' ')} --format json --output '${file}'`;
      const { code, stderr } = await run('sh', ['-c', `ulimit -f 100; trap '' XFSZ; ${scan}`]);
      expect([code, stderr]).toEqual([2, `no scan was performed: ${file} cannot be written: EFBIG: file too large, write\n`]);
      expect([await readFile(file, 'utf8'), await readdir(folder)]).toEqual(['earlier', ['report.json']]);
    }));

  test('a folder that cannot be made', () =>
    inFolder(async (file) => {
      await writeFile(file, 'x');
      const inside = path.join(file, 'snapshots');
      const { code, stderr } = await iamVigil(['scan', '--organization', '--save-snapshot', inside]);
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/^no scan was performed: .*snapshots cannot be written: [^\n]*\n$/),
      ]);
    }));

  test('a reader that leaves early is no error', async () => {
    const { code } = await run('bash', [
      '-c',
      `'${process.execPath}' '${cli}' scan ${sample.join(' ')} --format json | head -c 10 > /dev/null; exit \${PIPESTATUS[0]}`,
    ]);
    expect(code).toBe(0);
  });
});

test('a kill while a file is written leaves the earlier one', () =>
  inFolder(async (file, folder) => {
    await writeFile(file, 'earlier');
    const script = path.join(folder, 'killed.ts');
    await writeFile(
      script,
      `import { writePrivate } from ${JSON.stringify(path.resolve('bin/commands/write-file.ts'))};
      const content = function* () {
        yield 'x'.repeat(3_000_000);
        process.kill(process.pid, 'SIGKILL');
        yield 'y';
      };
      await writePrivate(${JSON.stringify(file)}, content());`,
    );
    await run(process.execPath, ['bin/run.mjs', script]);
    expect(await readFile(file, 'utf8')).toBe('earlier');
    const visible = (await readdir(folder)).filter((name) => !name.startsWith('.'));
    expect(visible).toEqual(['killed.ts', 'report.json']);
    await writePrivate(file, ['whole']);
    expect(await readFile(file, 'utf8')).toBe('whole');
  }));
