import { cli, shellQuote } from '../../model/command.ts';
import { CLOSING_RULE } from '../../model/path-in-words.ts';
import type { StatementReference, Step } from '../../model/verdict.ts';
import type { CompiledStatement } from '../../policy/compile.ts';
import { narrowingCommand, readingCommand, removalCommands } from './policy-commands.ts';
import { type PolicyAttachment, policyAttachments, isAwsManaged } from '../policies/policy-attachments.ts';
import type { PolicyPrincipal } from '../policies/policy-principals.ts';
import { type PrincipalSubject, explainCommandFor } from '../principals/principals.ts';
import { IDENTITY_CENTER_ROLES, platformCaution } from './platform-caution.ts';
import { trustChange } from './trust-commands.ts';
import { joinList } from '../wording/wording.ts';

const PASS_ROLE = 'iam:PassRole';

/** A statement that allows the principal a step, with the policy that it is part of and the user, group or role that holds that. */
interface OwnStatement {
  readonly attachment: PolicyAttachment;
  readonly principal: PolicyPrincipal;
  readonly reference: StatementReference;
  /** The actions of the step that the statement allows. */
  readonly actions: readonly string[];
  /** Whether it allows them by not listing them. */
  readonly isNotAction: boolean;
}

/**
 * The next step for a principal with a path to admin: which statement of its own policies to change, and the AWS CLI commands for it.
 * A verdict holds one path, the shortest, and names one statement for each call. So this says what breaks that path, and no more.
 */
export function pathRemoval(subject: PrincipalSubject): string {
  const { identity, verdict } = subject;
  const steps = verdict.path.filter(({ from }) => from === identity.arn);
  const closing = steps.find(({ rule }) => rule === CLOSING_RULE);
  const found = closing ? detachment(subject, closing) : firstOf(steps, (step) => change(subject, step));
  const caution = verdict.platform ? `${platformCaution(identity.arn)} ` : '';
  return `${caution}${found ?? review(subject)} Then scan again: another statement or path may remain. \`${explainCommandFor(verdict)}\` looks for the fewest statements to change.`;
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The statements of the principal's own policies that allow a step, by the policies as they are now. */
function ownStatements({ identity, identities }: PrincipalSubject, step: Step): readonly OwnStatement[] {
  const all = policyAttachments({ identities });
  return step.statements.flatMap((reference) => {
    for (const attachment of all) {
      if ((attachment.inline === undefined ? attachment.resource.arn : `inline:${attachment.inline}`) !== reference.policy)
        continue;
      const principal = attachment.holders.find(({ kind, identity: { arn, name }, members }) =>
        reference.group === undefined
          ? arn === identity.arn
          : kind === 'group' && name === reference.group && members.some((member) => member.arn === identity.arn),
      );
      const statement = principal && allowing(attachment, reference);
      const actions = step.actions.filter((action) => action === '*' || statement?.matchesActionName(action));
      if (principal && statement && actions.length > 0)
        return [{ attachment, principal, reference, actions, isNotAction: statement.source.action.negated }];
    }
    return [];
  });
}

/** The path may name statements of another version of the policy, or of a group that the principal joins on the way. */
function allowing({ policy }: PolicyAttachment, { index, sid }: StatementReference): CompiledStatement | undefined {
  const statements = policy.kind === 'malformed' ? [] : policy.statements;
  return statements.find(({ source }) => source.index === index && source.sid === sid && source.effect === 'Allow');
}

/** How to keep the principal from taking a step. */
function change(subject: PrincipalSubject, step: Step): string | undefined {
  const own = ownStatements(subject, step);
  const [action] = [PASS_ROLE, ...step.actions].filter((name) => own.some(({ actions }) => actions.includes(name)));
  const statement = own.find(({ actions }) => action !== undefined && actions.includes(action));
  return statement && action !== undefined ? changeOf(subject, statement, action) : trustChangeOf(subject, step);
}

function changeOf({ identity }: PrincipalSubject, own: OwnStatement, action: string): string {
  const { attachment, principal, reference, isNotAction } = own;
  const policy = policyInWords(attachment, principal);
  const statement = statementInWords(reference);
  const isReserved = identity.path.startsWith(IDENTITY_CENTER_ROLES);
  const put = narrowingCommand(only(attachment, principal));
  if (put === undefined) {
    const replace = 'customer managed policy that allows only what is used';
    const how = isReserved
      ? `In the permission set in IAM Identity Center, use a ${replace} instead`
      : `${principal.kind === 'group' ? `For all users of group ${principal.identity.name}, attach` : 'Attach'} a ${replace}, and remove this one: ${removalCommands(only(attachment, principal))}`;
    return `The path uses ${action}, which ${statement} of ${policy} allows. ${how}.`;
  }
  const remove = isNotAction ? `Add ${action} to the NotAction of` : `Remove ${action} from`;
  const how = isReserved
    ? 'The role belongs to IAM Identity Center: change its permission set there.'
    : `Read the policy: ${readingCommand(only(attachment, principal))}. Save the changed document as narrower.json and replace it: ${put}.`;
  return `${remove} ${statement} of ${policy}, or limit it to resources that do not lead to admin. The path uses this statement. ${how}`;
}

/** The trust policy alone may allow the first step. */
function trustChangeOf({ identity, identities }: PrincipalSubject, { statements }: Step): string | undefined {
  return firstOf(statements, (reference) => {
    const role = identities.roles.find(({ arn }) => reference.policy === `trust:${arn}`);
    return (
      role &&
      `Narrow ${statementInWords(reference)} of the trust policy of role ${shellQuote(role.name)}, so that ${shellQuote(identity.name)} can no longer assume the role. The path uses this statement. ${trustChange(role)}.`
    );
  });
}

const DETACHED = 3;

/** How to remove administrator access from a principal that has it. */
function detachment(subject: PrincipalSubject, step: Step): string | undefined {
  const { identity } = subject;
  const own = ownStatements(subject, step);
  if (own.length === 0) return undefined;
  const named = own.map(
    ({ attachment, principal, reference }) => `${statementInWords(reference)} of ${policyInWords(attachment, principal)}`,
  );
  const more = named.length > DETACHED ? [`${named.length - DETACHED} more`] : [];
  const sources = `Administrator access comes from ${joinList([...named.slice(0, DETACHED), ...more])}.`;
  if (identity.path.startsWith(IDENTITY_CENTER_ROLES))
    return `${sources} The role belongs to IAM Identity Center: change its permission set there.`;
  const commands = own
    .slice(0, DETACHED)
    .map(({ attachment, principal }) =>
      principal.kind === 'group'
        ? cli('iam remove-user-from-group', { 'user-name': identity.name, 'group-name': principal.identity.name })
        : removalCommands(only(attachment, principal)),
    );
  return `${sources} Remove it: ${[...new Set(commands)].join('; ')}.`;
}

const only = (attachment: PolicyAttachment, principal: PolicyPrincipal): PolicyAttachment => ({
  ...attachment,
  holders: [principal],
});

/** A statement as the console counts it: from one. */
const statementInWords = ({ index, sid }: StatementReference): string =>
  `statement ${index + 1}${sid === undefined ? '' : ` (Sid ${shellQuote(sid)})`}`;

/** Names are quoted: a text that begins with a command may be pasted whole, and its names must not run. */
function policyInWords({ inline, resource }: PolicyAttachment, { kind, identity }: PolicyPrincipal): string {
  if (inline !== undefined)
    return `inline policy ${shellQuote(inline)}${kind === 'group' ? ` of group ${shellQuote(identity.name)}` : ''}`;
  const through = kind === 'group' ? ` (attached through group ${shellQuote(identity.name)})` : '';
  return `${isAwsManaged(resource.arn) ? 'AWS managed policy' : 'policy'} ${shellQuote(resource.name)}${through}`;
}

/** Where the path names no statement that is still there, as where a policy cannot be read. */
function review({ identity, verdict }: PrincipalSubject): string {
  const option = { [`${verdict.type === 'role' ? 'role' : 'user'}-name`]: identity.name };
  const kind = verdict.type === 'role' ? 'role' : 'user';
  const lists = [
    `iam list-attached-${kind}-policies`,
    `iam list-${kind}-policies`,
    ...(kind === 'user' ? ['iam list-groups-for-user'] : []),
  ];
  return `Review its policies: ${lists.map((command) => cli(command, option)).join('; ')}.`;
}
