import { ListRegionsCommand } from '@aws-sdk/client-account';
import type { Aws } from './aws.ts';
import { listed } from './compute/look.ts';
import { FailedCall } from './failure.ts';

const ACTION = 'account:ListRegions';

/**
 * The Regions that are enabled for the account, as Account Management lists them, whose client every scan has. That of EC2 is loaded for
 * an inventory only.
 *
 * @throws FailedCall when they cannot be seen.
 */
export async function enabledRegions({ account }: Pick<Aws, 'account'>): Promise<readonly string[]> {
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
