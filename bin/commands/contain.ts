import { Command } from 'commander';
import { summarizeList } from '../../lambda/scanner/check-support/wording/summarize-list.ts';
import { containmentOf } from '../../lambda/scanner/contain/containment.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { analyzeAccount } from '../../lambda/scanner/escalation/analyze.ts';
import { isRootArn } from '../../lambda/scanner/model/arn.ts';
import type { Instant } from '../../lambda/scanner/model/instant.ts';
import { createPlacement } from '../../lambda/scanner/organization/placement.ts';
import { renderContainment } from '../../lambda/scanner/report/containment.ts';
import { jsonPieces } from '../../lambda/scanner/report/json.ts';
import type { Environment } from '../environment.ts';
import { accessFacts } from './admins.ts';
import { chosenIdentity, principalKinds } from './chosen.ts';
import { type SourceOptions, formatOption, readInstant, withInventory, withSource } from './options.ts';
import { joined } from './pieces.ts';
import { type Source, openSource } from './source.ts';

interface ContainOptions extends SourceOptions {
  readonly format: 'text' | 'json';
  readonly since?: Instant;
}

/** The facts that tell the reach of a credential, and the other credentials of users. */
const containmentFacts = [
  ...accessFacts,
  ...(['accessKeys', 'serviceCredentials', 'sshPublicKeys', 'signingCertificates', 'rolesAnywhere'] as const),
];

/** `contain`: prints the commands that end what a stolen credential reaches. None of them is run. */
export const containCommand = ({ terminal }: Environment): Command =>
  withInventory(withSource(new Command('contain')))
    .argument(
      '<credential>',
      'the ID of an access key; or the user or role whose credential it is: its ARN, its name or a unique part',
    )
    .option('--since <date>', 'since when it may be stolen, ISO 8601 (default: since it exists)', readInstant)
    .addOption(formatOption(['text', 'json']))
    .action(async (subject: string, options: ContainOptions) => {
      const source = await openSource(options, containmentFacts, terminal);
      const stolen = stolenCredential(subject, source);
      const { since } = options;
      // The commands are run now, also where the data is older.
      const now = options.now ?? terminal.now();
      const containment = containmentOf(analysesOf(source), { ...stolen, ...(since === undefined ? {} : { since }) }, now);
      if (containment === undefined) throw new UsageError(`principal ${stolen.principal} was not analyzed`);
      const names = new Map(source.organizationAccounts?.map(({ id, name }) => [id, name]));
      const nameAccount = (id: string) => (names.has(id) ? `${id} (${names.get(id)})` : id);
      const { showsColor: color, width } = terminal;
      const pieces =
        options.format === 'json'
          ? jsonPieces({ schemaVersion: 1, ...containment })
          : [renderContainment(containment, { color, width, nameAccount })];
      for (const piece of joined(pieces)) terminal.print(piece);
    });

/** @throws UsageError when the identities of an account could not be collected. */
const analysesOf = ({ snapshots, organization }: Source) =>
  snapshots.map(createPlacement(organization)).map(({ snapshot, limits }) => {
    const analysis = analyzeAccount(snapshot, limits);
    if (analysis.status === 'collected') return analysis.value;
    throw new UsageError(`the identities of account ${snapshot.accountId} could not be collected: ${analysis.reason}`);
  });

const ACCESS_KEY_ID = /^A[KS]IA[A-Z0-9]{12,}$/;

/**
 * The user or role that is meant.
 *
 * @throws UsageError when there is none, more than one, or the root user, which no policy limits.
 */
function stolenCredential(subject: string, source: Source): { readonly principal: string; readonly accessKeyId?: string } {
  if (ACCESS_KEY_ID.test(subject)) return holderOfKey(subject, source);
  const { arn } = chosenIdentity(subject, source, principalKinds);
  if (isRootArn(arn))
    throw new UsageError(
      `${arn} is the root user, which no policy of the account limits. Sign in as root: change the password and the MFA devices, and delete the access keys`,
    );
  return { principal: arn };
}

function holderOfKey(id: string, source: Source): { readonly principal: string; readonly accessKeyId: string } {
  if (id.startsWith('ASIA'))
    throw new UsageError(
      `${id} is the key of a session: name the user or role of the session. aws sts get-access-key-info tells its account`,
    );
  for (const { facts } of source.snapshots) {
    const listed = facts.accessKeys.status === 'collected' ? [...facts.accessKeys.value] : [];
    const [name] = listed.find(([, keys]) => keys.status === 'collected' && keys.value.some((key) => key.id === id)) ?? [];
    const users = facts.identities.status === 'collected' ? facts.identities.value.users : [];
    const user = users.find((one) => one.name === name);
    if (user !== undefined) return { principal: user.arn, accessKeyId: id };
  }
  const unseen = unlistedKeys(source);
  throw new UsageError(
    `no user of the scanned accounts has the access key ${id}${unseen}. aws sts get-access-key-info --access-key-id ${id} tells its account`,
  );
}

/** Whose access keys could not be listed: the key may be theirs. */
function unlistedKeys({ snapshots }: Source): string {
  const names = snapshots.flatMap(({ accountId, facts: { accessKeys } }) =>
    accessKeys.status === 'unavailable'
      ? [`account ${accountId}`]
      : [...accessKeys.value].flatMap(([name, { status }]) => (status === 'unavailable' ? [`user ${name}`] : [])),
  );
  return names.length === 0 ? '' : `, as far as is known: the access keys of ${summarizeList(names)} could not be listed`;
}
