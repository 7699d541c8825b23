import type { Accepted, Exception } from '../config.ts';
import type { Finding } from '../model/finding.ts';
import { DAY, type Instant, toIso } from '../model/instant.ts';
import type { VerdictWithReach } from '../model/reach.ts';
import { worstFirst } from '../model/severity.ts';
import { verdicts } from '../model/verdict.ts';
import { compileGlob } from '../policy/glob.ts';

const WARN_AHEAD = 14 * DAY;

/** How far a principal gets. Empty where that is not known. */
export type Standing = Omit<Accepted, 'severity'>;

/** The findings, with accepted ones suppressed, and notices about the exceptions. */
export interface Excepted {
  readonly findings: readonly Finding[];
  readonly notices: readonly string[];
}

/**
 * Suppresses the failures that an active exception accepts, and that are not worse than what it accepted. An UNKNOWN finding stays
 * UNKNOWN: no one accepted it. An expired exception suppresses nothing. Notices name the exceptions that expired, expire soon, match
 * nothing, or met something worse.
 */
export function applyExceptions(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
  now: Instant,
  standingOf: (arn: string) => Standing,
): Excepted {
  const rules = exceptions.map((exception) => ({
    ...{ exception, matcher: compileGlob(exception.principal), used: false },
    worse: new Array<string>(),
  }));
  const applied = findings.map((finding) => {
    const matching = rules.filter(
      ({ exception, matcher }) => exception.check === finding.checkId && matcher.matches(finding.resource.arn),
    );
    for (const rule of matching) rule.used = true;
    const living = matching.filter(({ exception }) => finding.status === 'FAILED' && exception.expires > now);
    const current = { severity: finding.severity, ...standingOf(finding.resource.arn) };
    const accepting = living.find(({ exception: { accepted = {} } }) => worseThan(accepted, current).length === 0);
    if (accepting) return suppressed(finding, accepting.exception);
    for (const { worse, exception } of living)
      worse.push(`${finding.headline} (${worseThan(exception.accepted ?? {}, current).join(', ')})`);
    return finding;
  });
  return {
    findings: applied,
    notices: rules.flatMap(({ exception, used, worse }) => [
      ...noticesOf(exception, used, now),
      ...worseNotices(exception, worse),
    ]),
  };
}

/** In what a finding is worse than what was accepted. What is not known does not count. */
function worseThan(
  accepted: Accepted,
  { severity, verdict, otherAccounts = 0 }: Standing & Pick<Finding, 'severity'>,
): readonly string[] {
  const isWorse = {
    severity: accepted.severity !== undefined && worstFirst(severity, accepted.severity) < 0,
    verdict:
      accepted.verdict !== undefined && verdict !== undefined && verdicts.indexOf(verdict) < verdicts.indexOf(accepted.verdict),
    accounts: accepted.otherAccounts !== undefined && otherAccounts > accepted.otherAccounts,
  };
  return [
    ...(isWorse.severity ? [`severity ${severity}, accepted was ${accepted.severity ?? ''}`] : []),
    ...(isWorse.verdict ? [`verdict ${verdict ?? ''}, accepted was ${accepted.verdict ?? ''}`] : []),
    ...(isWorse.accounts ? [`${otherAccounts} other accounts, accepted were ${accepted.otherAccounts ?? 0}`] : []),
  ];
}

const worseNotices = (exception: Exception, worse: readonly string[]): readonly string[] =>
  worse.length === 0
    ? []
    : [
        `${named(exception)} does not accept what is worse than it was: ${worse.slice(0, MOST_NAMED).join('; ')}${worse.length > MOST_NAMED ? `; ${worse.length - MOST_NAMED} more` : ''}. Fix the finding, or accept it anew.`,
      ];

const MOST_NAMED = 3;

const suppressed = (finding: Finding, { reason, owner, ticket, expires }: Exception): Finding => ({
  ...finding,
  status: 'SUPPRESSED',
  evidence: {
    ...finding.evidence,
    exception: { reason, owner, ...(ticket === undefined ? {} : { ticket }), expires: toIso(expires) },
  },
});

const named = ({ check, principal, owner }: Exception): string =>
  `Exception for check ${check}, principal ${principal} (owner ${owner})`;

function noticesOf(exception: Exception, used: boolean, now: Instant): readonly string[] {
  const { expires } = exception;
  const date = toIso(expires).slice(0, 10);
  if (!used) return [`${named(exception)} matches no finding. Remove it.`];
  if (expires <= now) return [`${named(exception)} expired on ${date}. Fix the finding or renew the exception.`];
  return expires - now <= WARN_AHEAD ? [`${named(exception)} expires on ${date}.`] : [];
}

/** How far the principals of a report get. Who is not in its list gets nowhere. */
export function standingsIn(
  admins: readonly Pick<VerdictWithReach, 'arn' | 'verdict' | 'reachedAccounts'>[],
): (arn: string) => Standing {
  const byArn = new Map(
    admins.map(({ arn, verdict, reachedAccounts }) => [arn, { verdict, otherAccounts: reachedAccounts?.count ?? 0 }]),
  );
  return (arn) => byArn.get(arn) ?? {};
}
