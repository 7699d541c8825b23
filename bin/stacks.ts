import type { App, IStackSynthesizer } from 'aws-cdk-lib';
import { IamVigilChangeForwarderStack } from '../lib/change-forwarder-stack.ts';
import { IamVigilOrganizationChangeForwarderStack } from '../lib/organization-change-forwarder-stack.ts';
import { IamVigilOrganizationStack } from '../lib/iam-vigil-organization-stack.ts';
import { IamVigilStack } from '../lib/iam-vigil-stack.ts';
import { IamVigilMemberRoleStack } from '../lib/member-role-stack.ts';
import type { Deployment } from './settings.ts';

/** What the stacks are made of, besides the settings. */
export interface StackContent {
  /** The text of `iam-vigil.yaml`, if there is one. */
  readonly config?: string;
  /** How the stack with the functions is deployed. Default: as the app says. */
  readonly synthesizer?: IStackSynthesizer;
}

/** Adds the stack for one account, or the stacks for an organization, in the account and Region that they are deployed to. */
export function addStacks(app: App, { config: _, ...deployment }: Deployment, content: StackContent): void {
  const { stackName, organization, ...settings } = deployment;
  const all = { ...settings, ...content };
  if (organization === undefined) {
    new IamVigilStack(app, stackName, all);
    if (all.rescanOnChange === true) new IamVigilChangeForwarderStack(app, `${stackName}ChangeForwarder`);
    return;
  }
  const { deliver: _deliver, insight: _insight, ...others } = all;
  const { memoryMegabytes: _memory, timeoutMinutes: _timeout, ...shared } = others;
  const { id: organizationId, units: organizationalUnits, ...how } = organization;
  new IamVigilOrganizationStack(app, stackName, { ...shared, ...how, organizationId, organizationalUnits });
  if (shared.rescanOnChange === true)
    new IamVigilOrganizationChangeForwarderStack(
      app,
      `${stackName}ChangeForwarder`,
      pick(shared, 'rolePath', 'boundary', 'tags'),
    );
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
