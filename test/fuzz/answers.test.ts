import { volume } from '../support/volume.ts';
import { fuzzAnswers } from './answers.ts';
import { seedOfToday } from './fuzz.ts';

async function lossesOf(seed: number, count: number, judge?: Parameters<typeof fuzzAnswers>[2]): Promise<readonly string[]> {
  const losses: string[] = [];
  for await (const loss of fuzzAnswers(seed, count, judge)) losses.push(loss);
  return losses;
}

// As the other fuzzer, and what is spoiled is one answer on the wire. IAM_VIGIL_FUZZ_SEED repeats the cases of a day.
test('no answer of AWS that is spoiled closes a finding, or loses one without a word', async () => {
  const seed = Number(process.env['IAM_VIGIL_FUZZ_SEED'] ?? seedOfToday());
  expect({ seed, losses: await lossesOf(seed, volume({ usual: 5, full: 5_000 })) }).toEqual({ seed, losses: [] });
}, 7_200_000);

test('it finds a delivery that is not told what was not read', async () => {
  const losses = await lossesOf(1, 8, ({ unread: _, ...report }) => report);
  expect(losses.join()).toMatch(/^[\w:-]+\.\S+ [a-z ]+: archived: iam-vigil/);
});
