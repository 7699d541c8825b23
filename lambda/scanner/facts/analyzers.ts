import { z } from 'zod';
import { byItem } from './by-item.ts';
import type { Fact } from './fact.ts';

/** An analyzer of IAM Access Analyzer. */
export interface Analyzer {
  readonly arn: string;
  /** Its type: an external access analyzer of the account or of the organization, or an unused access analyzer. */
  readonly type: string;
  readonly active: boolean;
}

/**
 * Reads `accessanalyzer list-analyzers` of one Region.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_AnalyzerSummary.html
 */
export const analyzersSchema = z
  .object({ analyzers: z.array(z.object({ arn: z.string(), type: z.string(), status: z.string() })) })
  .transform(({ analyzers }): readonly Analyzer[] =>
    analyzers.map(({ arn, type, status }) => ({ arn, type, active: status === 'ACTIVE' })),
  );

/** Whether the analyzer currently finds access from outside the account or the organization. */
export const findsExternalAccess = ({ type, active }: Analyzer): boolean =>
  active && (type === 'ACCOUNT' || type === 'ORGANIZATION');

/** What `accessanalyzer list-analyzers` prints, by Region: every enabled one, or those of the saved files. */
export const analyzers = {
  name: 'analyzers',
  schema: byItem(analyzersSchema),
  actions: ['access-analyzer:ListAnalyzers', 'account:ListRegions'],
  awsCliFile: { folder: 'analyzers' },
  dependsOn: [],
} as const satisfies Fact;
