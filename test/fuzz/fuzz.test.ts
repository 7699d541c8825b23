import { volume } from '../support/volume.ts';
import { fuzz, readTargets, seedOfToday } from './fuzz.ts';

// Hides or spoils one input of a scan at a time. Whatever it is, the scan ends, and a failure that it no longer finds is neither archived
// nor missing in a report that says that it is complete. IAM_VIGIL_FUZZ_SEED repeats the cases of a
// day; .ci/run asks for more of them.
test('nothing that is hidden or spoiled closes a finding, or loses one without a word', async () => {
  const seed = Number(process.env['IAM_VIGIL_FUZZ_SEED'] ?? seedOfToday());
  const count = Number(process.env['IAM_VIGIL_FUZZ_CASES'] ?? volume({ usual: 300, full: 100_000 }));
  process.stdout.write(`fuzzer: ${count} cases, seed ${seed}\n`);
  expect({ seed, losses: [...fuzz(await readTargets(), seed, count)] }).toEqual({ seed, losses: [] });
}, 7_200_000);
