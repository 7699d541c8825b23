import { z } from 'zod';
import { deliveries } from '../lambda/handlers/contract.ts';
import { UsageError } from '../lambda/scanner/errors.ts';

const arn = (service: string) => z.string().regex(new RegExp(`^arn:[\\w-]+:${service}:`), `is not the ARN of ${service}`);

const schema = z.strictObject({
  stackName: z.string().default('IamVigil'),
  /** The configuration's file; by default `iam-vigil.yaml`, where there is one. */
  config: z.string().exactOptional(),
  at: z
    .string()
    .regex(/^\d{1,2}:\d\d$/, 'is not a time such as 03:00')
    .exactOptional(),
  timeZone: z.string().exactOptional(),
  flexibleWindowMinutes: z.int().min(1).max(1440).exactOptional(),
  deliver: z.enum(deliveries).exactOptional(),
  findingsRegion: z.string().exactOptional(),
  insight: z.boolean().exactOptional(),
  boundary: z.string().exactOptional(),
  rolePath: z
    .string()
    .regex(/^\/(.+\/)?$/, 'is not a path such as /security/')
    .exactOptional(),
  namePrefix: z.string().exactOptional(),
  encryptionKeyArn: arn('kms').exactOptional(),
  alarmTopicArn: arn('sns').exactOptional(),
  retentionDays: z.int().min(1).exactOptional(),
  logRetentionDays: z.int().min(1).exactOptional(),
  deleteWithStack: z.boolean().exactOptional(),
  tags: z.record(z.string(), z.string()).exactOptional(),
});

/** The settings of a deployment, as they stand in `cdk.context.json` under `iam-vigil`. */
export type Deployment = z.output<typeof schema>;

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(schema.shape);

/**
 * Reads the settings of a deployment: an object, or its JSON where it comes from the command line (`-c iam-vigil='{…}'`).
 *
 * @throws UsageError that names every setting that does not exist or is wrong.
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
    throw new UsageError(`-c iam-vigil='…' is not JSON: ${String(error)}`, { cause: error });
  }
}
