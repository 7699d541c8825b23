import type { Json } from '../../model/json.ts';
import type { Severity } from '../../model/severity.ts';

/**
 * A finding in the AWS Security Finding Format, with the fields that iam-vigil fills. `Workflow`, `Note` and `UserDefinedFields`
 * are missing on purpose: they belong to the customer.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html
 */
export interface AsffFinding extends AsffContent {
  readonly CreatedAt: string;
  readonly FirstObservedAt: string;
  readonly LastObservedAt: string;
  /** Security Hub ignores an update whose time is not later than the stored one. */
  readonly UpdatedAt: string;
}

/** The content of a finding, without its times. */
export interface AsffContent {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly ProductName?: string | undefined;
  readonly CompanyName?: string | undefined;
  /** The ID of the check. */
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
  /** Severity and types are set here, so that the customer's own values stay. */
  readonly FindingProviderFields: AsffProviderFields;
}

/** The next step, and where to read more. */
export interface AsffRemediation {
  readonly Recommendation?: { readonly Text?: string | undefined; readonly Url?: string | undefined } | undefined;
}

/** The provider's severity and types. */
export interface AsffProviderFields {
  readonly Severity?: { readonly Label: Severity; readonly Original?: string | undefined } | undefined;
  readonly Types?: readonly string[] | undefined;
}

/** The values of `Compliance.Status`. A failure is FAILED. A finding that could not be evaluated is NOT_AVAILABLE. */
export type ComplianceStatus = 'PASSED' | 'WARNING' | 'FAILED' | 'NOT_AVAILABLE';

/** The result of the check, and the requirements that it maps to. */
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
