import type { Reported } from '../model/informational-record.ts';
import { complianceOf, typesOf } from './asff/compliance.ts';
import type { AsffContent } from './asff/finding.ts';
import { fingerprint } from './asff/fingerprint.ts';
import { fitSize } from './asff/fit-size.ts';
import { fit, limits } from './asff/limits.ts';
import { productFields, shortRemediation } from './asff/product-fields.ts';
import { type HubLocation, type ResourceIndex, resourcesOf } from './asff/resources.ts';

/** What is needed to write a finding as ASFF. */
export interface AsffContext extends HubLocation {
  readonly resources: ResourceIndex;
  readonly accountName?: string;
  /** The account whose hub receives the finding. Default: the account of the finding. */
  readonly hubAccount?: string;
  /** The URL of the page of a check. Absent or undefined: the finding has no link. */
  readonly pageOf?: (checkId: string) => string | undefined;
  /** Why a check matters, which its page would say. */
  readonly rationaleOf?: (checkId: string) => string | undefined;
  /** The address of the page with the whole report, to which records lead. */
  readonly reportPage?: string;
}

const PRODUCT = 'iam-vigil';

/**
 * The ARN of the account's own product. Every account has one; no integration must be accepted.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-providers.html
 */
export const productArn = ({ partition, region, account }: HubLocation): string =>
  `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`;

/** The prefix of all our finding IDs in an account. */
export const idPrefix = (account: string): string => `iam-vigil/v1/${account}/`;

/** A finding or a record in ASFF, without the times. It is within every limit of Security Hub, and the same input gives the same output. */
export function toAsff(finding: Reported, context: AsffContext): AsffContent {
  const { accountName, hubAccount = context.account, pageOf, rationaleOf, reportPage } = context;
  const page = finding.status === 'PASSED' && reportPage !== undefined ? reportPage : pageOf?.(finding.checkId);
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
    Remediation: {
      Recommendation: { Text: shortRemediation(finding.remediation), ...(page === undefined ? {} : { Url: page }) },
    },
    ...(page === undefined ? {} : { SourceUrl: page }),
    ProductFields: productFields(finding, fingerprint(finding, resources, page), rationaleOf?.(finding.checkId)),
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
 * A finding that could not be evaluated is INFORMATIONAL, as AWS ranks its own such findings.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/controls-findings-create-update.html
 */
const severityOf = ({ status, severity }: Reported) => (status === 'UNKNOWN' ? 'INFORMATIONAL' : severity);
