import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { readText } from '../../lambda/scanner/collect/read-file.ts';
import { readStream } from '../../lambda/scanner/collect/read-stream.ts';
import { withFolder } from './folders.ts';

const limits = { bytes: 1_000_000, silence: 300, whole: 1_500 };

/** A named pipe, with what a shell command writes into it. */
const withPipe = <T>(command: string | undefined, work: (pipe: string) => Promise<T>): Promise<T> =>
  withFolder({}, async (folder) => {
    const pipe = path.join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    const writer = command === undefined ? undefined : spawn('sh', ['-c', `exec > '${pipe}'; ${command}`]);
    const ended = writer && new Promise((resolve) => writer.on('close', resolve));
    try {
      return await work(pipe);
    } finally {
      writer?.kill('SIGKILL');
      await ended;
    }
  });

test('a pipe is read to its end, in whatever portions it comes', async () => {
  const command = 'printf one; sleep 0.1; printf two';
  expect((await withPipe(command, (pipe) => readStream(pipe, limits))).toString()).toBe('onetwo');
  expect(await withPipe('head -c 300000 /dev/zero', async (pipe) => (await readText(pipe)).length)).toBe(300_000);
});

test.each<[name: string, command: string | undefined, reason: RegExp]>([
  ['has no writer', undefined, /^nothing arrived for 0.3 seconds$/],
  ['has a writer that writes nothing', 'exec sleep 60', /^nothing arrived for 0.3 seconds$/],
  ['stops in the middle', 'printf x; exec sleep 60', /^nothing arrived for 0.3 seconds$/],
  ['drips', 'for i in $(seq 200); do printf x; sleep 0.1; done', /^it did not end within 1.5 seconds$/],
  ['never ends', 'exec cat /dev/zero', /^it is larger than 1 MB$/],
])('a pipe that %s ends in time', async (_name, command, reason) => {
  await expect(withPipe(command, (pipe) => readStream(pipe, limits))).rejects.toThrow(reason);
});

test('a device without content is empty, at once', async () => {
  expect(await readStream('/dev/null', limits)).toHaveLength(0);
});

test('an endless device ends', async () => {
  await expect(readStream('/dev/zero', limits)).rejects.toThrow('it is larger than 1 MB');
});
