import { isReportedByCause } from '../evaluate/reconcile.ts';
import { isOnNumberedKey } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { toAsff } from './asff.ts';
import type { AsffFinding } from './asff/finding.ts';
import { documentationOf } from './asff/documentation.ts';
import { type ResourceIndex, noResources } from './asff/resources.ts';
import { jsonPieces } from './json.ts';

/** Where findings would be delivered, the resources that they name, by account, and why their checks matter. */
export interface AsffPlace {
  readonly region: string;
  readonly partition: string;
  readonly resources: ReadonlyMap<string, ResourceIndex>;
  /** The checks that ran. */
  readonly checks: readonly { readonly id: string; readonly rationale?: string }[];
}

/** The findings and records that a delivery has, as `BatchImportFindings` takes them and `GetFindings` returns them. */
export function renderAsff(report: Report, place: AsffPlace | undefined): Iterable<string> {
  if (place === undefined) throw new Error('findings have a Region in ASFF, and none is given');
  const documentation = documentationOf(report, place.checks);
  const reported = [...report.findings, ...report.records];
  const findings = reported
    .filter((item) => !isOnNumberedKey(item) && !isReportedByCause(item))
    .map((item): AsffFinding => {
      const { account } = item;
      const line = report.accounts.find((one) => one.account === account);
      const time = new Date(line?.takenAt ?? report.takenAt).toISOString();
      const context = {
        ...{ account, region: place.region, partition: place.partition, resources: place.resources.get(account) ?? noResources },
        ...documentation,
        ...(line?.name === undefined ? {} : { accountName: line.name }),
      };
      return { ...toAsff(item, context), CreatedAt: time, FirstObservedAt: time, LastObservedAt: time, UpdatedAt: time };
    });
  return jsonPieces({ Findings: findings });
}
