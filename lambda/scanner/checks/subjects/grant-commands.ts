import { cli } from '../../model/command.ts';
import type { CheckContext } from '../../check.ts';
import { type Grant, type HeldGrant, isAwsManaged } from './grants.ts';
import { type Holder, isSetApart } from './holders.ts';

const nameOption = ({ kind, identity }: Holder) => ({ [`${kind}-name`]: identity.name });

/** How to see the document of a grant. */
export function readingCommand({ resource, holders, managed, inline }: Grant): string {
  const [holder] = holders;
  if (inline !== undefined && holder)
    return cli(`iam get-${holder.kind}-policy`, { ...nameOption(holder), 'policy-name': inline });
  const version = managed?.versions.find(({ isDefault }) => isDefault)?.id ?? 'v1';
  return cli('iam get-policy-version', { 'policy-arn': resource.arn, 'version-id': version });
}

/** How to put a narrower document, in a file, into the place of a grant's; undefined where AWS keeps the document. */
export function narrowingCommand({ resource, holders, inline }: Grant): string | undefined {
  const document = { 'policy-document': 'file://narrower.json' };
  const [holder] = holders;
  if (inline !== undefined && holder)
    return cli(`iam put-${holder.kind}-policy`, { ...nameOption(holder), 'policy-name': inline, ...document });
  if (isAwsManaged(resource.arn)) return undefined;
  return `${cli('iam create-policy-version', { 'policy-arn': resource.arn, ...document })} --set-as-default`;
}

/** Roles of IAM Identity Center are changed through their permission set alone. */
const isPermissionSet = ({ identity }: Holder) => identity.path.startsWith('/aws-reserved/');

const COMMANDS = 5;

/** How to take a grant away from all that hold it. */
export function removalCommands({ resource, holders, inline }: Grant): string {
  const removable = holders.filter((holder) => !isPermissionSet(holder));
  const commands = removable
    .slice(0, COMMANDS)
    .map((holder) =>
      inline === undefined
        ? cli(`iam detach-${holder.kind}-policy`, { ...nameOption(holder), 'policy-arn': resource.arn })
        : cli(`iam delete-${holder.kind}-policy`, { ...nameOption(holder), 'policy-name': inline }),
    );
  const more = removable.length > COMMANDS ? [`and so on for ${removable.length - COMMANDS} more`] : [];
  const sets = removable.length < holders.length ? ['edit the permission sets in IAM Identity Center'] : [];
  return [...commands, ...more, ...sets].join('; ');
}

type Context = Pick<CheckContext, 'isBreakGlass'>;

/** How to take a grant away from those that need not hold it: the landing zone, and what is for emergencies, break without it. */
export function removalFromOthers(grant: HeldGrant, context: Context): string {
  const others = grant.holders.filter((holder) => !isSetApart(holder, grant.access, context));
  return removalCommands(others.length > 0 ? { ...grant, holders: others } : grant);
}

/** The next step for a document that allows too much: a narrower one, or where AWS keeps it, another policy. */
export function narrowing(grant: HeldGrant, context: Context, advice: string): string {
  const put = narrowingCommand(grant);
  const read = `${advice}: ${readingCommand(grant)}`;
  return put === undefined
    ? `${read}. AWS keeps this policy: write one of your own that allows what is used, and then ${removalFromOthers(grant, context)}`
    : `${read}, then ${put}`;
}
