import { z } from 'zod';
import { deliveries, organizationDeliveries } from '../lambda/handlers/contract.ts';
import { UsageError } from '../lambda/scanner/errors.ts';

const arn = (service: string) => z.string().regex(new RegExp(`^arn:[\\w-]+:${service}:`), `must be an ARN of ${service}`);

const unit = z
  .string()
  .regex(/^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/, 'must be the ID of a root or an organizational unit');

const organizationSchema = z.strictObject({
  /** The ID of the organization, for example `o-exampleorgid`. */
  id: z.string().regex(/^o-[a-z0-9]{10,32}$/, 'must be the ID of an organization'),
  /** The root or the organizational units whose accounts get the role. */
  units: z.array(unit).min(1),
  deployedIn: z.enum(['management', 'delegated-administrator']).default('delegated-administrator'),
  deliver: z.enum(organizationDeliveries).exactOptional(),
  concurrency: z.int().min(1).max(10_000).exactOptional(),
  toleratedFailurePercentage: z.int().min(0).max(100).exactOptional(),
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, 'must be an external ID')
    .exactOptional(),
});

const schema = z.strictObject({
  stackName: z.string().default('IamVigil'),
  /** The configuration file. Default: `iam-vigil.yaml`, if it exists. */
  config: z.string().exactOptional(),
  at: z
    .string()
    .regex(/^\d{1,2}:\d\d$/, 'must be a time such as 03:00')
    .exactOptional(),
  timeZone: z.string().exactOptional(),
  flexibleWindowMinutes: z.int().min(1).max(1440).exactOptional(),
  /** For a single account. */
  deliver: z.enum(deliveries).exactOptional(),
  findingsRegion: z.string().exactOptional(),
  /** For a single account. */
  insight: z.boolean().exactOptional(),
  /** For a single account. */
  rescanOnChange: z.boolean().exactOptional(),
  boundary: z.string().exactOptional(),
  rolePath: z
    .string()
    .regex(/^\/(.+\/)?$/, 'must be a path such as /security/')
    .exactOptional(),
  namePrefix: z.string().exactOptional(),
  encryptionKeyArn: arn('kms').exactOptional(),
  alarmTopicArn: arn('sns').exactOptional(),
  readers: z
    .array(
      z
        .string()
        .regex(
          /^arn:[\w*-]+:iam::(\d{12}|\*):(role|user)\/.+$/,
          'must be the ARN of an IAM role or user, with wildcards if needed',
        ),
    )
    .exactOptional(),
  digestTopicArn: arn('sns').exactOptional(),
  digestEmail: z.email().exactOptional(),
  retentionDays: z.int().min(1).exactOptional(),
  logRetentionDays: z.int().min(1).exactOptional(),
  deleteWithStack: z.boolean().exactOptional(),
  tags: z.record(z.string(), z.string()).exactOptional(),
  /** Present: scan every account of this organization instead of a single account. */
  organization: organizationSchema.exactOptional(),
});

/** The settings of a deployment: `iam-vigil` in `cdk.context.json`. */
export type Deployment = z.output<typeof schema>;

/** The names of all settings. */
export const settingNames: readonly string[] = [
  ...Object.keys(schema.shape).filter((name) => name !== 'organization'),
  ...Object.keys(organizationSchema.shape).map((name) => `organization.${name}`),
];

/**
 * Reads the settings of a deployment: an object, or its JSON if it comes from the command line (`-c iam-vigil='{…}'`).
 *
 * @throws UsageError that names every setting that does not exist or is not valid.
 */
export function parseDeployment(context: unknown): Deployment {
  const parsed = schema.safeParse(typeof context === 'string' ? parseJson(context) : (context ?? {}));
  if (parsed.success) return parsed.data;
  throw new UsageError(`the settings under "iam-vigil" in cdk.context.json are not valid:\n${z.prettifyError(parsed.error)}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`-c iam-vigil='…' is not valid JSON: ${String(error)}`, { cause: error });
  }
}
