import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { checks as allChecks } from '../scanner/checks/index.ts';
import { type Config, defaultConfig, parseConfig } from '../scanner/config.ts';
import { UsageError } from '../scanner/errors.ts';
import { type DeliverTo, type OrganizationDeliverTo, deliveries, organizationDeliveries, variables } from './contract.ts';

/** The settings of the deployed function. */
export interface Settings {
  readonly bucket: string;
  readonly findingsRegion: string;
  readonly deliver: DeliverTo;
  readonly configFile: string | undefined;
  readonly digestTopic: string | undefined;
}

/** The settings of the deployed functions of an organization. */
export interface OrganizationSettings extends Omit<Settings, 'deliver'> {
  readonly deliver: OrganizationDeliverTo;
  readonly role: string;
  readonly externalId: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const common = {
  [variables.bucket]: z.string().min(1),
  [variables.findingsRegion]: z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'must be a Region such as eu-west-1'),
  [variables.config]: z.string().min(1).optional(),
  [variables.digestTopic]: z
    .string()
    .regex(/^arn:[\w-]+:sns:/, 'must be the ARN of an SNS topic')
    .optional(),
};
const ofOneAccount = z.object({ ...common, [variables.deliver]: z.enum(deliveries).default('security-hub') });
const ofOrganization = z.object({
  ...common,
  [variables.deliver]: z.enum(organizationDeliveries),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  [variables.role]: z.string().regex(/^[\w+=,.@/-]+$/, 'must be the name of a role'),
  [variables.externalId]: z.string().min(2),
});

/**
 * Reads the environment variables of the function that scans its own account.
 *
 * @throws UsageError that names every variable that is missing or not valid.
 */
export function readEnvironment(environment: Environment): Settings {
  const data = parse(ofOneAccount, environment);
  return { ...commonOf(data), deliver: data[variables.deliver] };
}

/**
 * Reads the environment variables of a function that scans an organization.
 *
 * @throws UsageError that names every variable that is missing or not valid.
 */
export function readOrganizationEnvironment(environment: Environment): OrganizationSettings {
  const data = parse(ofOrganization, environment);
  const { [variables.deliver]: deliver, [variables.role]: role, [variables.externalId]: externalId } = data;
  return { ...commonOf(data), deliver, role, externalId };
}

/**
 * Reads the environment variables of the function that starts a run after a change: the ARN of the state machine.
 *
 * @throws UsageError when it is not valid.
 */
export const readStateMachine = (environment: Environment): string =>
  parse(
    z.object({ [variables.stateMachine]: z.string().regex(/^arn:[\w-]+:states:/, 'must be the ARN of a state machine') }),
    environment,
  )[variables.stateMachine];

function parse<T>(schema: z.ZodType<T>, environment: Environment): T {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  throw new UsageError(`the environment variables of the function are not valid:\n${z.prettifyError(parsed.error)}`);
}

const commonOf = (data: z.output<z.ZodObject<typeof common>>): Omit<Settings, 'deliver'> => ({
  bucket: data[variables.bucket],
  findingsRegion: data[variables.findingsRegion],
  configFile: data[variables.config],
  digestTopic: data[variables.digestTopic],
});

/**
 * Reads the configuration that was deployed with the function.
 *
 * @throws UsageError when it is not valid.
 */
export const readBundledConfig = async ({ configFile }: Pick<Settings, 'configFile'>): Promise<Config> =>
  configFile === undefined ? defaultConfig : parseConfig(await readFile(configFile, 'utf8'), allChecks, configFile);
