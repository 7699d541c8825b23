import { AccessAnalyzerClient, ListAnalyzersCommand } from '@aws-sdk/client-accessanalyzer';
import type { Json } from '../model/json.ts';
import type { Observed } from '../model/observed.ts';
import type { Aws } from './aws.ts';
import { listed } from './compute/look.ts';
import { enabledRegions } from './enabled-regions.ts';
import { observeEach } from './observe-each.ts';
import { toJson } from './to-json.ts';

const ACTION = 'access-analyzer:ListAnalyzers';

/** The analyzers of the account, by Region: one covers only the resources of its Region, so each enabled Region is asked. */
export async function collectAnalyzers(aws: Aws): Promise<Readonly<Record<string, Observed<Json>>>> {
  const regions = await enabledRegions(aws);
  return observeEach(regions, ACTION, async (region) => {
    const client = new AccessAnalyzerClient(aws.settingsIn(region));
    const analyzers = await listed(
      ACTION,
      (nextToken) => client.send(new ListAnalyzersCommand({ nextToken })),
      (page) => ({ items: page.analyzers, next: page.nextToken }),
    );
    return { analyzers: toJson(analyzers) };
  });
}
