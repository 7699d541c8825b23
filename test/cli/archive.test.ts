import { acquiredAccount } from '../collect/busy-account.ts';
import { environmentFor } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import { LoopbackSecurityHub, withSecurityHub } from '../support/aws/services/security-hub.ts';
import { iamVigil } from './run.ts';

// Each case starts the command line in a process of its own.
jest.setTimeout(60_000);

const ACCOUNT = '555566667777';
const home = ['--region', 'eu-central-1'] as const;

async function withHub(hub: LoopbackSecurityHub, args: readonly string[], without?: string) {
  const aws = await startLoopbackAws(await acquiredAccount(), withSecurityHub({}, hub));
  try {
    const env = Object.entries(environmentFor(aws.endpoint)).filter(([name]) => name !== without);
    return await iamVigil(args, { env: Object.fromEntries(env) });
  } finally {
    await aws.stop();
  }
}

test('archives what a scan has delivered', async () => {
  const hub = new LoopbackSecurityHub(ACCOUNT, 'eu-central-1');
  await withHub(hub, ['scan', '--security-hub', ...home]);
  const { code, stdout, stderr } = await withHub(hub, ['archive', ...home]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe(`Security Hub of account ${ACCOUNT} in eu-central-1: ${hub.findings.size} findings archived.\n`);
  expect(new Set([...hub.findings.values()].map(({ RecordState }) => RecordState))).toEqual(new Set(['ARCHIVED']));
});

test('says what it could not archive, and ends with 3', async () => {
  const hub = new LoopbackSecurityHub(ACCOUNT, 'eu-central-1');
  await withHub(hub, ['scan', '--security-hub', ...home]);
  hub.quirks = { refuse: () => 'InvalidInput: no' };
  const { code, stdout, stderr } = await withHub(hub, ['archive', ...home]);
  expect([code, stdout]).toEqual([3, expect.stringContaining(': 0 findings archived.')]);
  expect(stderr).toBe(
    `${hub.findings.size} findings were not archived: InvalidInput: InvalidInput: no. Run the command again.\n`,
  );
});

test('needs a Region', async () => {
  const { code, stderr } = await withHub(new LoopbackSecurityHub(ACCOUNT, 'eu-central-1'), ['archive'], 'AWS_REGION');
  expect([code, stderr]).toEqual([2, expect.stringContaining('--region eu-west-1')]);
});
