import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { ClientSettings } from '../aws.ts';
import { listIn, textIn } from '../pages.ts';

/** The Regions that are enabled for the account. Nothing can run in the others. */
export async function ec2Regions(settings: ClientSettings): Promise<readonly string[]> {
  const { Regions } = await new EC2Client(settings).send(new DescribeRegionsCommand({ AllRegions: false }));
  return listIn(Regions)
    .map(({ RegionName }) => textIn(RegionName))
    .toSorted();
}
