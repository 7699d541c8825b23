import { ListRegionsCommand } from '@aws-sdk/client-account';
import type { Aws } from './aws.ts';
import { listed, textAnswered } from './compute/look.ts';
import { FailedCall } from './failure.ts';

const ACTION = 'account:ListRegions';

/**
 * GovCloud has two Regions, both enabled in every account. It is not documented that Account Management lists Regions there.
 * https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/using-govcloud.html
 */
const regionsOfGovCloud = ['us-gov-east-1', 'us-gov-west-1'];

/**
 * The Regions that are enabled for the account, from Account Management. Every scan has its client, while the EC2 client is loaded only
 * for an inventory.
 *
 * @throws FailedCall when they cannot be listed.
 */
export async function enabledRegions({ account, partition }: Pick<Aws, 'account' | 'partition'>): Promise<readonly string[]> {
  if (partition === 'aws-us-gov') return regionsOfGovCloud;
  const regions = await listed(
    ACTION,
    (NextToken) =>
      account.send(new ListRegionsCommand({ RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'], NextToken })),
    ({ Regions, NextToken }) => ({ items: Regions, next: NextToken }),
  );
  // Every account has enabled Regions.
  if (regions.length === 0) throw new FailedCall(ACTION, new Error('AWS listed no Region'));
  return regions.map(({ RegionName }) => textAnswered(ACTION, RegionName)).toSorted();
}
