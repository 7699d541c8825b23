import { Command } from 'commander';
import type { Check } from '../../lambda/scanner/check.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { actionsFor } from '../../lambda/scanner/permissions.ts';
import { parseArn } from '../../lambda/scanner/model/arn.ts';
import { toldVerdict } from '../../lambda/scanner/model/reach.ts';
import { explainHolders } from '../../lambda/scanner/organization/explain-holders.ts';
import { explainPrincipal } from '../../lambda/scanner/organization/explain-principal.ts';
import { type FoundIdentity, identitiesIn, identitiesMeant } from '../../lambda/scanner/organization/find-identities.ts';
import { renderCheck } from '../../lambda/scanner/report/explain-check.ts';
import { renderHolders } from '../../lambda/scanner/report/explain-holders.ts';
import { renderExplanation } from '../../lambda/scanner/report/explain-principal.ts';
import { jsonPieces } from '../../lambda/scanner/report/json.ts';
import type { TextOptions } from '../../lambda/scanner/report/text/context.ts';
import type { Environment } from '../environment.ts';
import { accessFacts, analyzeSource, verdictsOf } from './admins.ts';
import { chosenIdentity } from './chosen.ts';
import { type SourceOptions, formatOption, withSource } from './options.ts';
import { joined } from './pieces.ts';
import { type Source, openSource } from './source.ts';

interface ExplainOptions extends SourceOptions {
  readonly format: 'text' | 'json';
}

/** An explanation: as data, and as text. */
interface Explained {
  readonly data: object;
  readonly text: (options: TextOptions) => string;
}

/** `explain`: shows what a check looks for, why a principal has its verdict, or what a group or a policy leads to. */
export const explainCommand = ({ terminal }: Environment): Command =>
  withSource(new Command('explain'))
    .argument('<check, ARN or name>', 'the ID of a check; or a user, role, group or policy: its ARN, its name or a unique part')
    .addOption(formatOption(['text', 'json']))
    .action(async (subject: string, options: ExplainOptions) => {
      const check = checks.find(({ id }) => id === subject);
      const { data, text } = check ? explainedCheck(check) : explained(subject, await openSource(options, accessFacts, terminal));
      const { showsColor: color, width } = terminal;
      const pieces = options.format === 'json' ? jsonPieces({ schemaVersion: 1, ...data }) : [text({ color, width })];
      for (const piece of joined(pieces)) terminal.print(piece);
    });

function explainedCheck(check: Check): Explained {
  const { id, title, severity, rationale, remediation, params, standards } = check;
  const actions = actionsFor([check]);
  return {
    data: { check: { id, title, severity, rationale, remediation, actions, params, standards } },
    text: () => renderCheck(check, actions),
  };
}

/** @throws UsageError when the text means nothing in the scanned accounts, or more than one thing. */
function explained(subject: string, source: Source): Explained {
  requireKnown(subject, source);
  const { accounts, organization } = analyzeSource(source);
  const verdicts = accounts.map(verdictsOf);
  const found = chosenIdentity(subject, source);
  const { arn, account } = found;
  if (found.kind === 'group' || found.kind === 'policy') return explainedHolders(found, accounts, verdicts.flat());
  const explanation = explainPrincipal(accounts, organization, arn);
  if (!explanation) throw new UsageError(`principal ${arn} was not analyzed in account ${account}`);
  const { principal, ...more } = explanation;
  return {
    data: { principal: toldVerdict(principal), ...more },
    text: (options) => renderExplanation(explanation, options),
  };
}

function explainedHolders(
  found: FoundIdentity,
  accounts: ReturnType<typeof analyzeSource>['accounts'],
  verdicts: ReturnType<typeof verdictsOf>,
): Explained {
  const identities = accounts.flatMap(({ snapshot: { facts } }) =>
    facts.identities.status === 'collected' ? facts.identities.value : [],
  );
  const explanation = explainHolders(found, identities, verdicts);
  const told = explanation.holders.map((holder) => ({ ...holder, principal: toldVerdict(holder.principal) }));
  return {
    data: { [explanation.kind]: { ...explanation, holders: told } },
    text: (options) => renderHolders(explanation, options),
  };
}

/**
 * Says of an ARN that it does not exist, or that its account was not scanned, and of any other text what would be understood.
 *
 * @throws UsageError when nothing in the scanned accounts is meant.
 */
function requireKnown(subject: string, { snapshots }: Source): void {
  const accountId = parseArn(subject)?.accountId;
  const scanned = snapshots.map((snapshot) => snapshot.accountId);
  if (accountId !== undefined && /^\d+$/.test(accountId) && !scanned.includes(accountId))
    throw new UsageError(`account ${accountId} was not scanned. Scanned accounts: ${scanned.join(', ')}`);
  // What could not be read is said where it is read.
  if (snapshots.some(({ facts }) => facts.identities.status === 'unavailable')) return;
  if (identitiesMeant(subject, identitiesIn(snapshots)).length > 0) return;
  throw new UsageError(
    accountId === undefined
      ? `${subject} is neither the ID of a check nor an ARN, a name or a part of one in the scanned accounts. iam-vigil checks lists all checks`
      : `principal ${subject} does not exist. iam-vigil admins --all lists all principals`,
  );
}
