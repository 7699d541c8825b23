import { rootCredentials } from '../check-support/credentials/root.ts';
import { rootSubject } from '../model/account-subject.ts';
import type { Change } from '../model/change.ts';
import { type Comparison, type Pair, cannotCompare, factsOfBoth, onlyChanges } from './pair.ts';

const PART = 'root';

const credentials = [
  ['password', 'a password'],
  ['accessKey', 'an access key'],
  ['signingCertificate', 'a signing certificate'],
] as const;

/** Credentials of the root user that it did not have, or no longer has. */
export function compareRoot(pair: Pair): Comparison {
  const facts = factsOfBoth(pair, ['accountSummary', 'credentialReport']);
  if (facts.status === 'unavailable') return cannotCompare(PART, facts.reason);
  const [was, is] = [rootCredentials(facts.before), rootCredentials(facts.after)];
  return onlyChanges(
    credentials.flatMap(([name, words]): readonly Change[] => {
      if (was[name] === 'unknown' || is[name] === 'unknown' || was[name] === is[name]) return [];
      return [changeOf(pair, name, words, is[name])];
    }),
  );
}

function changeOf(pair: Pair, name: string, words: string, isAdded: boolean): Change {
  const { accountId, partition } = pair.after.snapshot;
  const { resource } = rootSubject({ accountId, partition });
  return {
    account: accountId,
    kind: isAdded ? 'root-credential-added' : 'root-credential-removed',
    effect: isAdded ? 'worse' : 'better',
    severity: isAdded ? 'HIGH' : 'INFORMATIONAL',
    ...{ resource: { ...resource, id: `root/${name}` }, isAdmin: true },
    headline: `Root user of account ${accountId} ${isAdded ? 'now has' : 'no longer has'} ${words}`,
    message: '',
    evidence: { credential: name },
  };
}
