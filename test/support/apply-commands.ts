import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { Identities } from '../../lambda/scanner/facts/identity.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { type Observed, collected } from '../../lambda/scanner/model/observed.ts';

/** The words of a command, as a POSIX shell reads what `shellQuote` writes. */
export const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/(?:'[^']*'|\\'|[^\s'\\])+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|\\'/g, (_, quoted: string | undefined) => quoted ?? "'"),
  );

type Options = Readonly<Record<string, string>>;

function optionsOf(words: readonly string[]): Options {
  const entries: [string, string][] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [, name = '', joined] = /^--([\w-]+)(?:=(.*))?$/s.exec(words[at] ?? '') ?? [];
    entries.push([name, joined ?? words[(at += 1)] ?? '']);
  }
  return Object.fromEntries(entries);
}

const mapped = <T>(fact: Observed<T>, change: (value: T) => T): Observed<T> =>
  fact.status === 'collected' ? collected(change(fact.value)) : fact;

/** The list of one user, changed where the item has the id. */
const inList = <T extends { readonly id: string }>(
  fact: Observed<ReadonlyMap<string, Observed<readonly T[]>>>,
  user: string,
  id: string,
  change: Partial<T>,
) =>
  mapped(
    fact,
    (users) =>
      new Map(
        [...users].map(([name, list]) => [
          name,
          name === user ? mapped(list, (items) => items.map((item) => (item.id === id ? { ...item, ...change } : item))) : list,
        ]),
      ),
  );

const withInline = (kind: 'users' | 'roles', holder: string, policy: string, document: Json) => (all: Identities) => ({
  ...all,
  [kind]: all[kind].map((identity) =>
    identity.name === holder
      ? {
          ...identity,
          inlinePolicies: [...identity.inlinePolicies.filter(({ name }) => name !== policy), { name: policy, document }],
        }
      : identity,
  ),
});

type Facts = Snapshot['facts'];

/** What a few commands of the AWS CLI do to the facts of an account. */
const effects: Readonly<Record<string, (facts: Facts, options: Options) => Partial<Facts>>> = {
  'update-access-key': ({ accessKeys }, { 'user-name': user = '', 'access-key-id': id = '', status }) => ({
    accessKeys: inList(accessKeys, user, id, { active: status === 'Active' }),
  }),
  'update-ssh-public-key': ({ sshPublicKeys }, { 'user-name': user = '', 'ssh-public-key-id': id = '', status }) => ({
    sshPublicKeys: inList(sshPublicKeys, user, id, { active: status === 'Active' }),
  }),
  'update-signing-certificate': ({ signingCertificates }, { 'user-name': user = '', 'certificate-id': id = '', status }) => ({
    signingCertificates: inList(signingCertificates, user, id, { active: status === 'Active' }),
  }),
  'update-service-specific-credential': ({ serviceCredentials }, { 'service-specific-credential-id': id, status }) => ({
    serviceCredentials: mapped(serviceCredentials, (all) =>
      all.map((one) => (one.id === id ? { ...one, active: status === 'Active' } : one)),
    ),
  }),
  'delete-login-profile': ({ credentialReport }, { 'user-name': user = '' }) => ({
    credentialReport: mapped(credentialReport, (report) => {
      const row = report.rows.get(user);
      return row === undefined ? report : { ...report, rows: new Map(report.rows).set(user, { ...row, passwordEnabled: false }) };
    }),
  }),
  'put-user-policy': (
    { identities },
    { 'user-name': user = '', 'policy-name': name = '', 'policy-document': document = '' },
  ) => ({
    identities: mapped(identities, withInline('users', user, name, JSON.parse(document) as Json)),
  }),
  'put-role-policy': (
    { identities },
    { 'role-name': role = '', 'policy-name': name = '', 'policy-document': document = '' },
  ) => ({
    identities: mapped(identities, withInline('roles', role, name, JSON.parse(document) as Json)),
  }),
};

/**
 * The account after a command of the AWS CLI.
 *
 * @throws Error when it is none of the few that are known here.
 */
export function applyCommand(snapshot: Snapshot, command: string): Snapshot {
  const [aws, service, operation = '', ...rest] = wordsOf(command);
  const effect = effects[operation];
  if (aws !== 'aws' || service !== 'iam' || effect === undefined) throw new Error(`unknown command: ${command}`);
  return { ...snapshot, facts: { ...snapshot.facts, ...effect(snapshot.facts, optionsOf(rest)) } };
}
