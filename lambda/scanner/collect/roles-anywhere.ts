import { rolesForCertificates } from '../check-support/trust/roles-anywhere.ts';
import type { Json } from '../model/json.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { type Observed, collected } from '../model/observed.ts';
import type { Aws, ClientSettings } from './aws.ts';
import { ListCrlsCommand, ListProfilesCommand, ListTrustAnchorsCommand, openRolesAnywhere } from './client-rolesanywhere.ts';
import { listed } from './compute/look.ts';
import { enabledRegions } from './enabled-regions.ts';
import { FailedCall, unseen } from './failure.ts';
import { NoSuchHost } from './no-such-host.ts';
import { observeEach } from './observe-each.ts';
import { toJson } from './to-json.ts';

/** The trust anchors, revocation lists and profiles of every Region. Collected only if a role trusts IAM Roles Anywhere. */
export async function collectRolesAnywhere(
  aws: Aws,
  { identities }: Pick<Snapshot['facts'], 'identities'>,
): Promise<Observed<Json>> {
  if (identities.status === 'unavailable') return identities;
  if (rolesForCertificates({ identities: identities.value }).length === 0) return collected({});
  try {
    return collected(await askRegions(aws, await enabledRegions(aws)));
  } catch (error) {
    return unseen(error, 'account:ListRegions');
  }
}

/**
 * The answer of each Region. If DNS has no host for a Region but another Region answered, the Region is left out: the service has a host
 * in each Region where it exists (https://docs.aws.amazon.com/general/latest/gr/rolesanywhere.html), so it does not exist there. If no
 * Region answered, the cause may be the network, and the fact is unavailable.
 */
async function askRegions(aws: Aws, regions: readonly string[]): Promise<Readonly<Record<string, Observed<Json>>>> {
  const withoutHost = new Set<string>();
  const answers = await observeEach(regions, 'rolesanywhere:ListTrustAnchors', (region) =>
    askRegion(aws.settingsIn(region)).catch((error: unknown) => {
      if (error instanceof FailedCall && error.cause instanceof NoSuchHost) withoutHost.add(region);
      throw error;
    }),
  );
  const hasAnswer = Object.values(answers).some(({ status }) => status === 'collected');
  return hasAnswer ? Object.fromEntries(Object.entries(answers).filter(([region]) => !withoutHost.has(region))) : answers;
}

async function askRegion(settings: ClientSettings): Promise<Json> {
  const client = openRolesAnywhere(settings);
  const [trustAnchors, crls, profiles] = await Promise.all([
    listed(
      'rolesanywhere:ListTrustAnchors',
      (nextToken) => client.send(new ListTrustAnchorsCommand({ nextToken })),
      (page) => ({ items: page.trustAnchors, next: page.nextToken }),
    ),
    listed(
      'rolesanywhere:ListCrls',
      (nextToken) => client.send(new ListCrlsCommand({ nextToken })),
      (page) => ({ items: page.crls, next: page.nextToken }),
    ),
    listed(
      'rolesanywhere:ListProfiles',
      (nextToken) => client.send(new ListProfilesCommand({ nextToken })),
      (page) => ({ items: page.profiles, next: page.nextToken }),
    ),
  ]);
  return toJson({ trustAnchors, crls, profiles });
}
