import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { existsSync, readFileSync } from 'node:fs';
import { UsageError } from '../lambda/scanner/errors.ts';
import { IamVigilChangeForwarderStack } from '../lib/change-forwarder-stack.ts';
import { IamVigilOrganizationStack } from '../lib/iam-vigil-organization-stack.ts';
import { IamVigilStack, type IamVigilStackProps } from '../lib/iam-vigil-stack.ts';
import { IamVigilMemberRoleStack } from '../lib/member-role-stack.ts';
import { CONTEXT_KEY, misplaced, parseDeployment } from './deployment.ts';

const CONFIG_FILE = 'iam-vigil.yaml';

/** The CDK app: the stack for one account or for an organization, in the account and Region that it is deployed to. */
function main(): void {
  // Synthesized only here, so that a wrong setting leaves nothing.
  const app = new App({ autoSynth: false });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  addStacks(app);
  app.synth();
}

function addStacks(app: App): void {
  for (const warning of misplaced(app.node.getAllContext() as Readonly<Record<string, unknown>>))
    process.stderr.write(`warning: ${warning}\n`);
  const { stackName, config: file, organization, ...settings } = parseDeployment(app.node.tryGetContext(CONTEXT_KEY));
  const all = { ...settings, ...readConfig(file) };
  if (organization === undefined) {
    new IamVigilStack(app, stackName, all);
    if (all.rescanOnChange === true) new IamVigilChangeForwarderStack(app, `${stackName}ChangeForwarder`);
    return;
  }
  const { deliver: _, insight: __, rescanOnChange: ___, ...shared } = all;
  const { id: organizationId, units: organizationalUnits, ...how } = organization;
  new IamVigilOrganizationStack(app, stackName, { ...shared, ...how, organizationId, organizationalUnits });
  if (how.deployedIn === 'management') return;
  new IamVigilMemberRoleStack(app, `${stackName}ManagementRole`, {
    ...{ organizationId, isManagement: true },
    description: 'iam-vigil: role in the management account that the nightly scan assumes to read the organization',
    ...pick(shared, 'config', 'findingsRegion', 'namePrefix', 'rolePath', 'boundary', 'tags'),
    ...pick(how, 'deliver', 'externalId'),
  });
}

function pick<T extends object, K extends keyof T>(from: T, ...names: readonly K[]): Pick<T, K> {
  // Only properties that exist are copied, as the type says.
  return Object.fromEntries(names.flatMap((name) => (name in from ? [[name, from[name]]] : []))) as Pick<T, K>;
}

/** A file that is named must exist. The default file need not. */
function readConfig(file: string | undefined): Pick<IamVigilStackProps, 'config'> {
  if (file === undefined && !existsSync(CONFIG_FILE)) return {};
  try {
    return { config: readFileSync(file ?? CONFIG_FILE, 'utf8') };
  } catch (error) {
    throw new UsageError(`the configuration cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`nothing was synthesized: ${error.message}\n`);
  process.exitCode = 2;
}
