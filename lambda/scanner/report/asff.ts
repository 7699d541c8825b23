import type { Reported } from '../model/informational-record.ts';
import { complianceOf, typesOf } from './asff/compliance.ts';
import type { AsffContent } from './asff/finding.ts';
import { fingerprint } from './asff/fingerprint.ts';
import { fitSize } from './asff/fit-size.ts';
import { fit, limits } from './asff/limits.ts';
import { productFields, shortRemediation } from './asff/product-fields.ts';
import { type Place, type ResourceIndex, resourcesOf } from './asff/resources.ts';

/** What a finding becomes ASFF with. */
export interface AsffContext extends Place {
  readonly resources: ResourceIndex;
  readonly accountName?: string;
  /** The account whose hub takes the finding; by default the one that it is about. */
  readonly hubAccount?: string;
  /** The page of a check. */
  readonly pageOf?: (checkId: string) => string;
}

const PRODUCT = 'iam-vigil';

const publishedPage = (checkId: string) =>
  `https://github.com/iam-vigil/iam-vigil/blob/main/docs/checks/${encodeURIComponent(checkId)}.md`;

/**
 * The ARN under which every account has a place for findings of its own, with no integration to accept.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-providers.html
 */
export const productArn = ({ partition, region, account }: Place): string =>
  `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`;

/** What an id of ours begins with, in one account. */
export const idPrefix = (account: string): string => `iam-vigil/v1/${account}/`;

/** A finding or a record as Security Hub takes it, but for the times: within every limit, whatever it holds, and the same for the same. */
export function toAsff(finding: Reported, context: AsffContext): AsffContent {
  const { accountName, hubAccount = context.account, pageOf = publishedPage } = context;
  const page = pageOf(finding.checkId);
  const resources = resourcesOf(finding, context.resources, context);
  return fitSize({
    SchemaVersion: '2018-10-08',
    Id: fit(finding.id, limits.id),
    ProductArn: productArn({ ...context, account: hubAccount }),
    ProductName: PRODUCT,
    CompanyName: PRODUCT,
    GeneratorId: fit(finding.checkId, limits.generatorId),
    AwsAccountId: hubAccount,
    ...(accountName === undefined ? {} : { AwsAccountName: fit(accountName, limits.accountName) }),
    Title: fit(finding.headline, limits.title),
    Description: fit(finding.message, limits.description),
    Remediation: { Recommendation: { Text: shortRemediation(finding.remediation), Url: page } },
    SourceUrl: page,
    ProductFields: productFields(finding, fingerprint(finding, resources)),
    Resources: resources,
    Compliance: complianceOf(finding),
    RecordState: 'ACTIVE',
    FindingProviderFields: {
      Severity: { Label: severityOf(finding), Original: finding.severity },
      Types: typesOf(finding),
    },
  });
}

/**
 * What could not be judged is neither bad nor good, and ranks as AWS ranks its own such findings.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/controls-findings-create-update.html
 */
const severityOf = ({ status, severity }: Reported) => (status === 'UNKNOWN' ? 'INFORMATIONAL' : severity);
