import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { draw } from '../support/aws/random.ts';
import { run } from './killed.ts';
import { type Story, type Trial, stories } from './stories.ts';

/**
 * `npm run test:kills -- [COUNT] [SEED]`: runs that are killed (SIGKILL) at a random moment and made again come to the same end as one
 * that was not. COUNT kills, 200 by default, over all kinds of runs; the same SEED gives the same moments.
 */

const [count = '200', seed = String(Date.now() % 100_000)] = process.argv.slice(2);

async function inTrial<T>(story: Story, use: (trial: Trial) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'iam-vigil-kills-'));
  const trial = await story(folder);
  try {
    return await use(trial);
  } finally {
    await trial.stop();
    await rm(folder, { recursive: true });
  }
}

/** Makes a run to its end: its exit code, what the world is like then, and how long it took. */
async function toItsEnd({ program, outcome }: Trial) {
  const ending = await run(program);
  assert.ok(ending !== 'killed' && (ending.code === 0 || ending.code === 3), `a run ended with ${JSON.stringify(ending)}`);
  return { end: { code: ending.code, outcome: await outcome() }, milliseconds: ending.milliseconds };
}

/** Kills a run after so long, checks what it left, and makes it again. Returns whether it was still running. */
const killed = (story: Story, after: number, expected: unknown) =>
  inTrial(story, async (trial) => {
    const first = await run(trial.program, after);
    await trial.afterKill();
    assert.deepEqual((await toItsEnd(trial)).end, expected);
    return first === 'killed';
  });

process.stdout.write(`seed ${seed}\n`);
const all = Object.entries(await stories(run));
const each = Math.ceil(Number(count) / all.length);
for (const [name, story] of all) {
  const { end, milliseconds } = await inTrial(story, toItsEnd);
  let kills = 0;
  let trials = 0;
  // A run that ended before its moment came was not killed, and does not count.
  while (kills < each && trials < 3 * each) {
    // Late moments more often: then files and findings are written.
    const after = Math.sqrt(draw(Number(seed), `${name} ${trials}`)) * milliseconds;
    trials += 1;
    if (await killed(story, after, end)) kills += 1;
  }
  assert.ok(kills === each, `${name}: only ${kills} of ${trials} runs were killed`);
  process.stdout.write(`${name}: ${kills} kills in ${trials} runs of ${Math.round(milliseconds)} ms, always the same end\n`);
}
