import type { Json } from '../../model/json.ts';
import type { Severity } from '../../model/severity.ts';

/**
 * A finding in the AWS Security Finding Format, with the fields that iam-vigil fills. `Workflow`, `Note` and `UserDefinedFields`
 * are missing on purpose: they are the customer's.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html
 */
export interface AsffFinding extends AsffContent {
  readonly CreatedAt: string;
  readonly FirstObservedAt: string;
  readonly LastObservedAt: string;
  /** Security Hub ignores an update whose time is not later than the one that it has. */
  readonly UpdatedAt: string;
}

/** What a finding says, without when it was said. */
export interface AsffContent {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly ProductName?: string | undefined;
  readonly CompanyName?: string | undefined;
  /** The id of the check. */
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly AwsAccountName?: string | undefined;
  readonly Title: string;
  readonly Description: string;
  readonly Remediation?: AsffRemediation | undefined;
  readonly SourceUrl?: string | undefined;
  readonly ProductFields?: Readonly<Record<string, string>> | undefined;
  readonly Resources: readonly AsffResource[];
  readonly Compliance?: AsffCompliance | undefined;
  readonly RecordState: 'ACTIVE' | 'ARCHIVED';
  /** Severity and types go here, so that what the customer sets over them stays. */
  readonly FindingProviderFields: AsffProviderFields;
}

/** The next step, and where to read more. */
export interface AsffRemediation {
  readonly Recommendation?: { readonly Text?: string | undefined; readonly Url?: string | undefined } | undefined;
}

/** What the provider says of severity and type. */
export interface AsffProviderFields {
  readonly Severity?: { readonly Label: Severity; readonly Original?: string | undefined } | undefined;
  readonly Types?: readonly string[] | undefined;
}

/** The values of `Compliance.Status`; a finding that fails a check is FAILED, one that could not be judged NOT_AVAILABLE. */
export type ComplianceStatus = 'PASSED' | 'WARNING' | 'FAILED' | 'NOT_AVAILABLE';

/** The result of the check, and the requirements that it stands for. */
export interface AsffCompliance {
  readonly Status: ComplianceStatus;
  readonly StatusReasons?: readonly { readonly ReasonCode: string; readonly Description?: string | undefined }[] | undefined;
  readonly RelatedRequirements?: readonly string[] | undefined;
  readonly AssociatedStandards?: readonly { readonly StandardsId: string }[] | undefined;
}

/** One resource; `Details` holds an object named after the type, or `Other`. */
export interface AsffResource {
  readonly Type: string;
  readonly Id: string;
  readonly Partition?: string | undefined;
  readonly Region?: string | undefined;
  readonly Tags?: Readonly<Record<string, string>> | undefined;
  readonly Details?: Readonly<Record<string, Json>> | undefined;
}
