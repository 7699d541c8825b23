import { cli } from '../../model/command.ts';
import type { CheckContext } from '../../check.ts';
import { type PolicyAttachment, type AttachmentWithAccess, isAwsManaged } from '../policies/policy-attachments.ts';
import { type PolicyPrincipal, isExempt } from '../policies/policy-principals.ts';
import { IDENTITY_CENTER_ROLES } from './platform-caution.ts';
import { usageCommands } from './usage-report.ts';

const nameOption = ({ kind, identity }: PolicyPrincipal) => ({ [`${kind}-name`]: identity.name });

/** The command that prints the document of a grant. */
export function readingCommand({ resource, holders, managed, inline }: PolicyAttachment): string {
  const [principal] = holders;
  if (inline !== undefined && principal)
    return cli(`iam get-${principal.kind}-policy`, { ...nameOption(principal), 'policy-name': inline });
  const version = managed?.versions.find(({ isDefault }) => isDefault)?.id ?? 'v1';
  return cli('iam get-policy-version', { 'policy-arn': resource.arn, 'version-id': version });
}

/** The command that replaces the document of a grant with a narrower one from a file; undefined for an AWS managed policy. */
export function narrowingCommand({ resource, holders, inline }: PolicyAttachment): string | undefined {
  const document = { 'policy-document': 'file://narrower.json' };
  const [principal] = holders;
  if (inline !== undefined && principal)
    return cli(`iam put-${principal.kind}-policy`, { ...nameOption(principal), 'policy-name': inline, ...document });
  if (isAwsManaged(resource.arn)) return undefined;
  return `${cli('iam create-policy-version', { 'policy-arn': resource.arn, ...document })} --set-as-default`;
}

/** Roles of IAM Identity Center can be changed only through their permission set. */
const isPermissionSet = ({ identity }: PolicyPrincipal) => identity.path.startsWith(IDENTITY_CENTER_ROLES);

const COMMANDS = 5;

/** The commands that remove a grant from all its holders. */
export function removalCommands({ resource, holders, inline }: PolicyAttachment): string {
  const removable = holders.filter((principal) => !isPermissionSet(principal));
  const commands = removable
    .slice(0, COMMANDS)
    .map((principal) =>
      inline === undefined
        ? cli(`iam detach-${principal.kind}-policy`, { ...nameOption(principal), 'policy-arn': resource.arn })
        : cli(`iam delete-${principal.kind}-policy`, { ...nameOption(principal), 'policy-name': inline }),
    );
  const more = removable.length > COMMANDS ? [`and so on for ${removable.length - COMMANDS} more`] : [];
  const sets = removable.length < holders.length ? ['for roles of IAM Identity Center, edit their permission sets there'] : [];
  return [...commands, ...more, ...sets].join('; ');
}

type Context = Pick<CheckContext, 'isBreakGlass'>;

/** The grant with the holders that do not need it, if any: the landing zone and break-glass identities do. */
function byOthers(attachment: AttachmentWithAccess, context: Context): PolicyAttachment {
  const others = attachment.holders.filter((principal) => !isExempt(principal, attachment.access, context));
  return others.length > 0 ? { ...attachment, holders: others } : attachment;
}

/** The commands that remove a grant from the holders that do not need it. */
export const removalFromOthers = (attachment: AttachmentWithAccess, context: Context): string =>
  removalCommands(byOthers(attachment, context));

/** How to find what a holder uses. AWS reports it for one identity at a time, so the first of them stands for all. */
export function usageReport(attachment: AttachmentWithAccess, context: Context): string {
  const [first] = byOthers(attachment, context).holders;
  if (first === undefined) return '';
  const { arn, name } = first.identity;
  return `To see what ${name} used: ${usageCommands(arn)}.`;
}

/** The next step for a document that allows too much: a narrower document, or another policy in place of an AWS managed one. */
export function narrowing(attachment: AttachmentWithAccess, context: Context, advice: string): string {
  const put = narrowingCommand(attachment);
  const read = readingCommand(attachment);
  if (put !== undefined)
    return `${advice}. Read the policy: ${read}. Save a narrower document as narrower.json and replace it: ${put}`;
  const inIt = `${advice.slice(0, 1).toLowerCase()}${advice.slice(1)}`;
  return `This is an AWS managed policy, which you cannot edit. Read it: ${read}. Create and attach a customer managed policy instead, and ${inIt}. Then remove this policy: ${removalFromOthers(attachment, context)}`;
}
