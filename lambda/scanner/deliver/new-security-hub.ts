import { GetFindingsV2Command, SecurityHubClient, type SecurityHubClientConfig } from '@aws-sdk/client-securityhub';
import { RequestHandler } from '../requests/request-handler.ts';

/**
 * Whether the new Security Hub, which has no operation to import findings, returns a finding of iam-vigil: in words, without names and
 * ids. The call needs the permission `securityhub:GetFindings`.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindingsV2.html
 */
export async function askNewSecurityHub(
  region: string,
  credentials: NonNullable<SecurityHubClientConfig['credentials']>,
): Promise<string> {
  const requestHandler = new RequestHandler({ purpose: 'ask Security Hub' });
  const client = new SecurityHubClient({ region, credentials, requestHandler });
  const contains = (FieldName: 'finding_info.uid' | 'metadata.product.name') => ({
    FieldName,
    Filter: { Value: 'iam-vigil', Comparison: 'CONTAINS' as const },
  });
  const StringFilters = [contains('finding_info.uid'), contains('metadata.product.name')];
  try {
    const { Findings = [] } = await client.send(
      new GetFindingsV2Command({ Filters: { CompositeFilters: [{ StringFilters, Operator: 'OR' }] }, MaxResults: 1 }),
    );
    return Findings.length > 0 ? 'yes' : 'no, it returns none';
  } catch (error) {
    // The message may hold names.
    return `not known: securityhub:GetFindingsV2 failed with ${error instanceof Error ? error.name : 'an unknown error'}`;
  }
}
