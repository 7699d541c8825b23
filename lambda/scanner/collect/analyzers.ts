import { AccessAnalyzerClient, ListAnalyzersCommand } from '@aws-sdk/client-accessanalyzer';
import { analyzersSchema, findsExternalAccess } from '../facts/analyzers.ts';
import type { Json } from '../model/json.ts';
import type { Observed } from '../model/observed.ts';
import type { Aws } from './aws.ts';
import { listed } from './compute/look.ts';
import { enabledRegions } from './enabled-regions.ts';
import { observeEach } from './observe-each.ts';
import { toJson } from './to-json.ts';

const ACTION = 'access-analyzer:ListAnalyzers';

type ByRegion = Readonly<Record<string, Observed<Json>>>;

/**
 * The analyzers of the account, by Region. Roles are global: an external access analyzer in any Region covers them all. So if the Region
 * of the scan has one, no other Region is called.
 */
export async function collectAnalyzers(aws: Aws): Promise<ByRegion> {
  const home = aws.settingsIn().region;
  const first = await askRegions(aws, [home]);
  if (hasExternal(first[home])) return first;
  const regions = await enabledRegions(aws);
  return {
    ...first,
    ...(await askRegions(
      aws,
      regions.filter((region) => region !== home),
    )),
  };
}

const askRegions = (aws: Aws, regions: readonly string[]): Promise<ByRegion> =>
  observeEach(regions, ACTION, async (region) => {
    const client = new AccessAnalyzerClient(aws.settingsIn(region));
    const analyzers = await listed(
      ACTION,
      (nextToken) => client.send(new ListAnalyzersCommand({ nextToken })),
      (page) => ({ items: page.analyzers, next: page.nextToken }),
    );
    return { analyzers: toJson(analyzers) };
  });

function hasExternal(answer: Observed<Json> | undefined): boolean {
  if (answer?.status !== 'collected') return false;
  return analyzersSchema.safeParse(answer.value).data?.some(findsExternalAccess) ?? false;
}
