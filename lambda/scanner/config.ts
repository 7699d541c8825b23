import { type Document, LineCounter, isMap, isNode, isScalar, parseDocument } from 'yaml';
import { z } from 'zod';
import { UsageError, messageOf } from './errors.ts';
import type { Check, Parameter } from './check.ts';
import { type Assertion, accountNameSchema, assertionsSchema } from './model/assertion.ts';
import { type EnvironmentMembers, environments as environmentNames } from './model/environment.ts';
import { type Instant, instantSchema } from './model/instant.ts';
import { severities, type Severity } from './model/severity.ts';
import { type Verdict, verdicts } from './model/verdict.ts';
import { CHECK_IN_URL } from './model/page-url.ts';

/** A finding that is accepted until a date. */
export interface Exception {
  readonly check: string;
  /** The ARN in the finding; for an access key, the ARN of its user. `*` and `?` are wildcards. */
  readonly principal: string;
  readonly reason: string;
  readonly owner: string;
  readonly ticket?: string;
  readonly expires: Instant;
  /** What was accepted. A finding that is worse in any of these is not accepted. */
  readonly accepted?: Accepted;
}

/** How bad a finding was when it was accepted. */
export interface Accepted {
  readonly severity?: Severity;
  readonly verdict?: Verdict;
  /** The number of other accounts in which the principal got admin access. */
  readonly otherAccounts?: number;
}

/** The content of `iam-vigil.yaml`. */
export interface Config {
  readonly checks: ReadonlyMap<string, { readonly enabled?: boolean; readonly params: Readonly<Record<string, Parameter>> }>;
  readonly breakGlass: { readonly arns: readonly string[]; readonly tags: Readonly<Record<string, string>> };
  readonly environments: EnvironmentMembers;
  /** What must hold about access. */
  readonly assertions: readonly Assertion[];
  readonly exceptions: readonly Exception[];
  /** Where the pages of the checks are published: an address with `{check}`, and `{version}` if it has one. */
  readonly docsUrl?: string;
}

/** The configuration without a file. */
export const defaultConfig: Config = {
  ...{ checks: new Map(), breakGlass: { arns: [], tags: {} } },
  ...{ environments: {}, assertions: [], exceptions: [] },
};

/** Whether a check runs: the configuration decides, then the default of the check. */
export const isEnabled = ({ id, enabledByDefault = true }: Check, { checks }: Config): boolean =>
  checks.get(id)?.enabled ?? enabledByDefault;

const acceptedSchema = z.strictObject({
  severity: z.enum(severities).describe('The highest severity that is accepted.').exactOptional(),
  verdict: z.enum(verdicts).describe('The strongest verdict of the principal that is accepted.').exactOptional(),
  otherAccounts: z
    .int()
    .min(0)
    .describe('In how many other accounts the principal may have administrator access.')
    .exactOptional(),
});

const exceptionSchema = (checks: readonly Check[]) =>
  z
    .strictObject({
      check: z
        .enum(
          checks.map(({ id }) => id),
          'must be the ID of a check; iam-vigil checks lists them',
        )
        .describe('The ID of the check.'),
      principal: z.string().describe('The ARN in the finding; for an access key, the ARN of its user. * and ? are wildcards.'),
      reason: z.string().min(1).describe('Why the finding is accepted.'),
      owner: z.string().min(1).describe('Who is responsible.'),
      ticket: z.string().describe('The ticket of the decision.').optional(),
      // A bare year is a number in YAML, which `instantSchema` would read as seconds.
      expires: z
        .string('must be a date such as 2027-06-01')
        .describe('The date at whose beginning, in UTC, the exception ends; or a time with its zone.')
        .transform((text): string | number => text)
        .pipe(instantSchema),
      accepted: acceptedSchema
        .describe('What was accepted. A finding that is worse in any of these is not accepted. iam-vigil except prints it.')
        .exactOptional(),
    })
    .transform(({ ticket, ...exception }): Exception => ({ ...exception, ...(ticket === undefined ? {} : { ticket }) }));

const isUnambiguous = (names: readonly string[]): boolean => new Set(names).size === names.length;

/** The accounts and organizational units of each environment. */
const environmentsSchema = z
  .partialRecord(z.enum(environmentNames), z.array(accountNameSchema))
  .refine((members) => isUnambiguous(Object.values(members).flat()), 'must name an account or a unit once');

const breakGlassSchema = z.strictObject({
  arns: z.array(z.string()).describe('Their ARNs. * and ? are wildcards.').default([]),
  tags: z
    .record(z.string(), z.string())
    .describe('Tags with their values. An identity that has one of them is meant.')
    .default({}),
});

const docsUrlSchema = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://wiki.example.com/iam-vigil/{check}' })
  .refine((url) => url.includes(CHECK_IN_URL), 'must contain {check}, which stands for the ID of a check')
  // An address may have no braces, but a template of one has them.
  .meta({ format: 'uri-template' });

/**
 * Reads `iam-vigil.yaml`. Unknown keys, checks and parameters, and values of the wrong type, are rejected: a typing error must not
 * disable a check.
 *
 * @throws UsageError that names everything that is not valid.
 */
export function parseConfig(text: string, checks: readonly Check[], source = 'iam-vigil.yaml'): Config {
  const lines = new LineCounter();
  const document = parseYaml(text, source, lines);
  const result = configSchema(checks).safeParse(document.toJS() ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues
    .toSorted((a, b) => a.path.length - b.path.length)
    .map((issue) => `✖ ${issue.message}\n  → ${[...pathOf(issue), placeOf(issue, document, lines)].join(', ')}`);
  throw new UsageError(`${source} is not valid:\n${problems.join('\n')}`);
}

type Issue = z.ZodError['issues'][number];

/** The place as `exceptions[0].reason`. */
const pathOf = ({ path }: Issue): readonly string[] =>
  path.length === 0
    ? []
    : [
        `at ${path
          .map((part) => nameOf(part))
          .join('')
          .replace(/^\./, '')}`,
      ];

function nameOf(part: PropertyKey): string {
  if (typeof part === 'number') return `[${part}]`;
  return /^\w+$/.test(String(part)) ? `.${String(part)}` : `[${JSON.stringify(String(part))}]`;
}

/** Where the issue is: of an unknown key the key; of one that is missing what it is missing in. */
function placeOf(issue: Issue, document: Document, lines: LineCounter): string {
  const { path } = issue;
  const [node] = path
    .map((_, index) => document.getIn(path.slice(0, path.length - index), true))
    .concat(document.contents)
    .filter(isNode);
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const keys = isMap(node) ? node.items.map(({ key }) => key) : [];
  const place = keys.find((key) => isScalar(key) && key.value === unknown) ?? node;
  const { line, col } = lines.linePos((isNode(place) ? place.range?.[0] : undefined) ?? 0);
  return `line ${line}, column ${col}`;
}

function parseYaml(text: string, source: string, lineCounter: LineCounter): Document {
  try {
    const document = parseDocument(text, { lineCounter });
    // Warnings count as errors: the library would print them as they are, with what the file holds.
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw problem;
    // Aliases without end are an error only here.
    document.toJS();
    return document;
  } catch (error) {
    throw new UsageError(`${source} is not valid YAML: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** The schema of `iam-vigil.yaml`. */
export function configSchema(checks: readonly Check[]) {
  return z
    .strictObject({
      checks: z
        .strictObject(Object.fromEntries(checks.map((check) => [check.id, settingsSchema(check).optional()])))
        .describe('Turns checks on or off, and sets their parameters.')
        .default({}),
      breakGlass: breakGlassSchema.describe('Identities for emergencies. They are expected to be unused.').optional(),
      environments: environmentsSchema
        .describe(
          'For development, staging and production: IDs of accounts, and IDs or names of organizational units. Names of accounts and units tell the rest.',
        )
        .default({}),
      assertions: assertionsSchema
        .describe('What must hold about access. What breaks one is a finding of access-assertion-broken.')
        .default([]),
      exceptions: z.array(exceptionSchema(checks)).describe('Findings that are accepted until a date.').default([]),
      docsUrl: docsUrlSchema
        .describe('Where you publish the pages of the checks. {check} stands for the ID of a check, {version} for the version.')
        .optional(),
    })
    .transform(({ checks: settings, breakGlass, environments, assertions, exceptions, docsUrl }): Config => ({
      checks: new Map(Object.entries(settings).flatMap(([id, value]) => (value ? [[id, value] as const] : []))),
      breakGlass: breakGlass ?? defaultConfig.breakGlass,
      ...{ environments, assertions, exceptions },
      ...(docsUrl === undefined ? {} : { docsUrl }),
    }));
}

/** `enabled`, and the check's own parameters, each of the type of its default. */
const settingsSchema = ({ params, title, enabledByDefault = true }: Check) =>
  z
    .strictObject({
      enabled: z.boolean().meta({ default: enabledByDefault }).optional(),
      ...Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, parameterSchema(value).meta({ default: value }).optional()]),
      ),
    })
    .describe(title)
    .transform(({ enabled, ...own }) => ({
      ...(enabled === undefined ? {} : { enabled }),
      params: Object.fromEntries(Object.entries(own).filter((entry): entry is [string, Parameter] => entry[1] !== undefined)),
    }));

function parameterSchema(value: Parameter): z.ZodType<Parameter> {
  if (typeof value === 'number') return z.number().min(0);
  if (typeof value === 'boolean') return z.boolean();
  return typeof value === 'string' ? z.string() : z.array(z.string());
}
