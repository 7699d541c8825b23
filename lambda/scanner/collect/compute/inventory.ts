import type { ComputeKind, Inventory } from '../../facts/compute.ts';
import type { Identities } from '../../facts/identity.ts';
import { type Observed, collected } from '../../model/observed.ts';
import type { Access } from '../../model/verdict.ts';
import type { Aws } from '../aws.ts';
import { FailedCall, unseen } from '../failure.ts';
import type { Carrier, Look, RegionalService } from './look.ts';
import { rolesOf } from './roles.ts';
import { type ComputeService, computeServices } from './services.ts';
import { trustedServices } from './trusted-services.ts';

/**
 * Lists compute that runs with roles, in every enabled Region. Only services that an admin role trusts are called: no other compute
 * leads to admin. The result can show that more roles can become admin; then their services are called next.
 *
 * `analyze` decides who is admin, given the inventory so far.
 */
export async function collectInventory(
  aws: Aws,
  identities: Identities,
  analyze: (inventory: Observed<Inventory>) => Observed<Access>,
): Promise<Observed<Inventory>> {
  let inventory: Inventory = { regions: [], kinds: [], items: [], unseen: [] };
  const asked = new Set<ComputeService>();
  for (;;) {
    const access = analyze(collected(inventory));
    if (access.status === 'unavailable') return access;
    const trusted = trustedServices(identities, access.value);
    const next = computeServices.filter((service) => !asked.has(service) && trusted.has(service.principal));
    if (next.length === 0) return collected(inventory);
    const places = inventory.regions.length > 0 ? collected(inventory.regions) : await enabledRegions(aws);
    if (places.status === 'unavailable') return places;
    inventory = merge(inventory, places.value, await lookAround(aws, identities, places.value, next));
    for (const service of next) asked.add(service);
  }
}

async function enabledRegions(aws: Aws): Promise<Observed<readonly string[]>> {
  const regions = await import('./regions.ts');
  try {
    return collected(await regions.ec2Regions(aws.settingsIn()));
  } catch (error) {
    return unseen(error, 'ec2:DescribeRegions');
  }
}

/** The answer of a Region for a kind of compute. */
interface Sight {
  readonly kind: ComputeKind;
  readonly region: string;
  readonly found: Observed<readonly Carrier[]>;
}

async function lookAround(
  aws: Aws,
  identities: Identities,
  regions: readonly string[],
  services: readonly ComputeService[],
): Promise<readonly Sight[]> {
  const looks = await Promise.all(services.map(async ({ kinds, load }) => ({ kinds, look: await load() })));
  const roles = rolesOf(identities);
  const { partition, accountId } = aws;
  const sights = regions.flatMap((region) => {
    const place = { region, partition, accountId, settings: aws.settingsIn(region), ...roles };
    return looks.flatMap(({ kinds, look }) => lookIn(place, kinds, look));
  });
  return Promise.all(sights);
}

function lookIn(place: RegionalService, kinds: readonly ComputeKind[], look: Look): readonly Promise<Sight>[] {
  const { region } = place;
  const found = look(place);
  return kinds.map(async (kind) => {
    try {
      return { kind, region, found: collected((await found[kind]) ?? []) };
    } catch (error) {
      if (!(error instanceof FailedCall)) throw error;
      return { kind, region, found: unseen(error, error.action) };
    }
  });
}

/** Adds the answers to the inventory. A kind is complete only if every Region answered. */
function merge(inventory: Inventory, regions: readonly string[], sights: readonly Sight[]): Inventory {
  const items = sights.flatMap(({ kind, found }) =>
    found.status === 'collected' ? found.value.map((carrier) => ({ kind, ...carrier })) : [],
  );
  const hidden = sights.flatMap(({ kind, region, found }) => {
    if (found.status === 'collected') return [];
    const { status: _, ...why } = found;
    return [{ kind, region, ...why }];
  });
  const partly = new Set(hidden.map(({ kind }) => kind));
  const kinds = new Set(sights.map(({ kind }) => kind).filter((kind) => !partly.has(kind)));
  return {
    regions,
    kinds: [...inventory.kinds, ...kinds],
    items: [...inventory.items, ...items].sort((a, b) => (a.arn < b.arn ? -1 : 1)),
    unseen: [...inventory.unseen, ...hidden],
  };
}
