import { AccountClient } from '@aws-sdk/client-account';
import { enabledRegions } from '../../lambda/scanner/collect/enabled-regions.ts';

/** A client that cannot reach AWS. */
const unreachable = new AccountClient({
  region: 'us-gov-west-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  endpoint: 'http://127.0.0.1:1',
});

test('the Regions of GovCloud are known without a call, those of other partitions are not', async () => {
  expect(await enabledRegions({ account: unreachable, partition: 'aws-us-gov' })).toEqual(['us-gov-east-1', 'us-gov-west-1']);
  await expect(enabledRegions({ account: unreachable, partition: 'aws' })).rejects.toThrow(/ListRegions|ECONNREFUSED|connect/);
});
