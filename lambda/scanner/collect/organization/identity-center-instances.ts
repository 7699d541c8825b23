import { type InstanceMetadata, ListInstancesCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin';
import type { Aws } from '../aws.ts';
import { listed, textAnswered } from '../compute/look.ts';
import { enabledRegions } from '../enabled-regions.ts';
import { FailedCall } from '../failure.ts';
import { NoSuchHost, withoutHostRetries } from '../no-such-host.ts';

const ACTION = 'sso:ListInstances';

/** The IAM Identity Center instance of an organization, and the Region in which it is managed. */
export interface Instance {
  readonly answer: InstanceMetadata;
  readonly InstanceArn: string;
  readonly IdentityStoreId: string;
  readonly region: string;
}

/**
 * The instances of the organization. AWS lists those of one Region, and an empty list in every other, without an error. So if the
 * Region of the scan has none, every enabled Region is asked. Instances that belong to a member account are left out.
 * https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListInstances.html
 *
 * @throws FailedCall when no Region has one and not all of them answered.
 */
export async function findInstances(aws: Aws, managementAccountId: string | undefined): Promise<readonly Instance[]> {
  const home = aws.settingsIn().region;
  const ofOrganization = (instances: readonly Instance[]) =>
    instances.filter(({ answer: { OwnerAccountId } }) =>
      [undefined, managementAccountId ?? OwnerAccountId].includes(OwnerAccountId),
    );
  const here = ofOrganization(await instancesIn(aws, home));
  if (here.length > 0) return here;
  const others = (await enabledRegions(aws)).filter((region) => region !== home);
  const answers = await Promise.allSettled(others.map((region) => instancesIn(aws, region)));
  const found = ofOrganization(answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])));
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (found.length === 0 && failed !== undefined) throw failed.reason;
  return byArn(found);
}

/** The instances in one Region. None if IAM Identity Center does not exist there. */
async function instancesIn(aws: Aws, region: string): Promise<readonly Instance[]> {
  const client = new SSOAdminClient(aws.settingsIn(region));
  client.middlewareStack.use(withoutHostRetries());
  try {
    const instances = await listed(
      ACTION,
      (NextToken) => client.send(new ListInstancesCommand({ NextToken })),
      (page) => ({ items: page.Instances, next: page.NextToken }),
    );
    // An instance in several Regions is listed in each, and managed in its primary Region.
    return instances.map((answer) => ({
      answer,
      InstanceArn: textAnswered(ACTION, answer.InstanceArn),
      IdentityStoreId: textAnswered(ACTION, answer.IdentityStoreId),
      region: answer.PrimaryRegion ?? region,
    }));
  } catch (error) {
    // eslint-disable-next-line no-restricted-syntax -- without a host of the service, a Region other than that of the scan has no instance
    if (error instanceof FailedCall && error.cause instanceof NoSuchHost && region !== aws.settingsIn().region) return [];
    throw error;
  }
}

/** Each instance once. */
const byArn = (instances: readonly Instance[]): readonly Instance[] => [
  ...new Map(instances.map((instance) => [instance.InstanceArn, instance])).values(),
];
