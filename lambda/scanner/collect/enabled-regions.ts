import { ListRegionsCommand } from '@aws-sdk/client-account';
import type { Aws } from './aws.ts';
import { listed } from './compute/look.ts';
import { FailedCall } from './failure.ts';

const ACTION = 'account:ListRegions';

/**
 * There are two, enabled in every account; that Account Management lists them there is documented nowhere.
 * https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/using-govcloud.html
 */
const regionsOfGovCloud = ['us-gov-east-1', 'us-gov-west-1'];

/**
 * The Regions that are enabled for the account, as Account Management lists them, whose client every scan has. That of EC2 is loaded for
 * an inventory only.
 *
 * @throws FailedCall when they cannot be seen.
 */
export async function enabledRegions({ account, partition }: Pick<Aws, 'account' | 'partition'>): Promise<readonly string[]> {
  if (partition === 'aws-us-gov') return regionsOfGovCloud;
  const regions = await listed(
    ACTION,
    (NextToken) =>
      account.send(new ListRegionsCommand({ RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'], NextToken })),
    ({ Regions, NextToken }) => ({ items: Regions, next: NextToken }),
  );
  // Some are enabled in every account, always.
  if (regions.length === 0) throw new FailedCall(ACTION, new Error('AWS listed no Region'));
  return regions.flatMap(({ RegionName }) => RegionName ?? []).toSorted();
}
