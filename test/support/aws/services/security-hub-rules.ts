import { z } from 'zod';

// Security Hub counts characters; the loopback counts code points, as the API's model does.
const text = (most: number) =>
  z
    .string()
    .refine((value) => /\S/.test(value) && !/\p{Cs}/u.test(value), 'is blank or not Unicode')
    .refine((value) => Array.from(value).length <= most, `is longer than ${most}`);

const pairs = (key: number, value: number, most: number) =>
  z.record(text(key), text(value)).refine((map) => Object.keys(map).length <= most, `has more than ${most} pairs`);

const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/);
const date = z.string().refine((value) => !Number.isNaN(Date.parse(value)));
const label = z.enum(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']);
const long = text(2048);
const list = <T extends z.ZodType>(item: T) => z.array(item).optional();
const boundary = z.strictObject({ PermissionsBoundaryArn: long, PermissionsBoundaryType: long }).optional();
const attached = list(z.strictObject({ PolicyName: long, PolicyArn: long }));
const inline = list(z.strictObject({ PolicyName: long }));

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_ResourceDetails.html */
const detailsSchema = z.strictObject({
  AwsIamUser: z
    .strictObject({
      UserName: long,
      UserId: long.optional(),
      Path: long.optional(),
      CreateDate: date.optional(),
      GroupList: list(long),
      AttachedManagedPolicies: attached,
      UserPolicyList: inline,
      PermissionsBoundary: boundary,
    })
    .optional(),
  AwsIamRole: z
    .strictObject({
      RoleName: long,
      RoleId: long,
      Path: long,
      CreateDate: date.optional(),
      AssumeRolePolicyDocument: text(131_072)
        .regex(/^[\t\n\r\u0020-\u007E\u00A1-\u00FF]+$/)
        .optional(),
      AttachedManagedPolicies: attached,
      RolePolicyList: inline,
      InstanceProfileList: list(z.strictObject({ InstanceProfileName: long, Arn: long })),
      PermissionsBoundary: boundary,
    })
    .optional(),
  AwsIamGroup: z
    .strictObject({
      GroupName: long,
      GroupId: long,
      Path: long,
      CreateDate: date.optional(),
      AttachedManagedPolicies: attached,
      GroupPolicyList: inline,
    })
    .optional(),
  AwsIamPolicy: z
    .strictObject({
      PolicyName: long,
      PolicyId: long,
      Path: long,
      DefaultVersionId: long.optional(),
      AttachmentCount: z.int().optional(),
      PermissionsBoundaryUsageCount: z.int().optional(),
      IsAttachable: z.boolean().optional(),
      CreateDate: date.optional(),
      UpdateDate: date.optional(),
      PolicyVersionList: list(z.strictObject({ VersionId: long, IsDefaultVersion: z.boolean(), CreateDate: date.optional() })),
    })
    .optional(),
  AwsIamAccessKey: z
    .strictObject({
      AccessKeyId: long,
      AccountId: long,
      PrincipalType: long,
      PrincipalId: long.optional(),
      PrincipalName: long.optional(),
      CreatedAt: date.optional(),
      Status: z.enum(['Active', 'Inactive']).optional(),
    })
    .optional(),
  Other: pairs(128, 1024, 50).optional(),
});

const resourceSchema = z
  .strictObject({
    Type: text(256),
    Id: text(512),
    Partition: z.enum(['aws', 'aws-cn', 'aws-us-gov']).optional(),
    Region: text(16).optional(),
    Tags: pairs(128, 256, 50).optional(),
    Details: detailsSchema.optional(),
  })
  .refine(({ Type, Details = {} }) => Object.keys(Details).every((key) => key === Type || key === 'Other'));

/**
 * A finding in a request, as Security Hub takes it from a provider. Fields that are the customer's are refused here, although AWS
 * takes them in the first import: a provider has no business with them.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 */
export const findingSchema = z.strictObject({
  SchemaVersion: z.literal('2018-10-08'),
  Id: text(512),
  ProductArn: text(2048).min(12),
  ProductName: text(128).optional(),
  CompanyName: text(128).optional(),
  GeneratorId: text(512),
  AwsAccountId: z.string().regex(/^\d{12}$/),
  AwsAccountName: text(50).optional(),
  CreatedAt: instant,
  UpdatedAt: instant,
  FirstObservedAt: instant.optional(),
  LastObservedAt: instant.optional(),
  Title: text(256),
  Description: text(1024),
  Remediation: z.strictObject({ Recommendation: z.strictObject({ Text: text(512), Url: z.url().optional() }) }).optional(),
  SourceUrl: z.url().optional(),
  // Documented as 2,048; others found 1,024 to be what is taken.
  ProductFields: pairs(128, 1024, 50).optional(),
  Resources: z.array(resourceSchema).min(1).max(32),
  Compliance: z
    .strictObject({
      Status: z.enum(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']),
      StatusReasons: list(z.strictObject({ ReasonCode: text(128), Description: text(1024).optional() })),
      RelatedRequirements: z.array(text(1024)).max(32).optional(),
      AssociatedStandards: list(z.strictObject({ StandardsId: text(128) })),
    })
    .optional(),
  RecordState: z.enum(['ACTIVE', 'ARCHIVED']),
  FindingProviderFields: z.strictObject({
    Severity: z.strictObject({ Label: label, Original: text(64).optional() }),
    Types: z
      .array(
        text(256).regex(/^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)\//),
      )
      .min(1)
      .max(50),
  }),
});

/** A finding in a request. */
export type SentFinding = z.output<typeof findingSchema>;

/** A finding as the hub has it: what the provider sent, and what is the customer's. */
export type HubFinding = SentFinding & {
  readonly Region: string;
  readonly Severity: { readonly Label: string };
  readonly Workflow: { readonly Status: 'NEW' | 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED' };
  readonly Note?: { readonly Text: string; readonly UpdatedBy: string; readonly UpdatedAt: string } | undefined;
};

/** What an import makes of a finding: the provider's fields are replaced, the customer's stay. */
export function merged(sent: SentFinding, before: HubFinding | undefined, region: string): HubFinding {
  const severity = { Label: sent.FindingProviderFields.Severity.Label };
  // The top level follows the provider until the customer has set it.
  const isCustomers = before && before.Severity.Label !== before.FindingProviderFields.Severity.Label;
  const reopens =
    before !== undefined &&
    ((before.RecordState === 'ARCHIVED' && sent.RecordState === 'ACTIVE') ||
      (before.Compliance?.Status === 'PASSED' && sent.Compliance?.Status !== 'PASSED'));
  // https://docs.aws.amazon.com/securityhub/latest/userguide/findings-workflow-status.html
  const workflow = before?.Workflow.Status ?? 'NEW';
  const isReset = reopens && (workflow === 'NOTIFIED' || workflow === 'RESOLVED');
  return {
    ...sent,
    ProductFields: { ...sent.ProductFields, 'aws/securityhub/FindingId': `${sent.ProductArn}/${sent.Id}` },
    Region: region,
    Severity: isCustomers ? before.Severity : severity,
    Workflow: { Status: isReset ? 'NEW' : workflow },
    ...(before?.Note ? { Note: before.Note } : {}),
  };
}

/** https://docs.aws.amazon.com/securityhub/latest/partnerguide/guidelines-batchimportfindings.html */
export const MAX_FINDING_BYTES = 240_000;
export const MAX_BATCH_BYTES = 6_000_000;
export const MAX_BATCH = 100;

const equals = z.array(z.strictObject({ Value: z.string(), Comparison: z.literal('EQUALS') })).length(1);

/** Only what a careful provider asks for: our own findings, of one account and one Region. */
export const getFindingsSchema = z.strictObject({
  Filters: z.strictObject({
    ProductArn: equals,
    AwsAccountId: equals,
    Region: equals,
    Id: z.array(z.strictObject({ Value: z.string(), Comparison: z.literal('PREFIX') })).length(1),
    UpdatedAt: z
      .array(z.strictObject({ Start: z.iso.datetime(), End: z.iso.datetime() }))
      .length(1)
      .optional(),
  }),
  MaxResults: z.int().min(1).max(100),
  NextToken: z.string().optional(),
});

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html */
export const batchUpdateSchema = z.strictObject({
  FindingIdentifiers: z
    .array(z.strictObject({ Id: z.string(), ProductArn: z.string() }))
    .min(1)
    .max(100),
  Workflow: z.strictObject({ Status: z.enum(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']) }).optional(),
  Note: z.strictObject({ Text: text(512), UpdatedBy: text(512) }).optional(),
  Severity: z.strictObject({ Label: label }).optional(),
});
