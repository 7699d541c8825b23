import type { Exception } from '../config.ts';
import type { Finding } from '../model/finding.ts';
import { DAY, type Instant, toIso } from '../model/instant.ts';
import { compileGlob } from '../policy/glob.ts';

const WARN_AHEAD = 14 * DAY;

/** Findings with the accepted ones suppressed, and what to say of the exceptions themselves. */
export interface Excepted {
  readonly findings: readonly Finding[];
  readonly notices: readonly string[];
}

/**
 * Suppresses the failures that a living exception names; what could not be judged stays UNKNOWN, since nobody accepted that.
 * An exception that has expired suppresses nothing, and says so, as does one that matches nothing.
 */
export function applyExceptions(findings: readonly Finding[], exceptions: readonly Exception[], now: Instant): Excepted {
  const rules = exceptions.map((exception) => ({ exception, matcher: compileGlob(exception.principal), used: false }));
  const applied = findings.map((finding) => {
    const matching = rules.filter(
      ({ exception, matcher }) => exception.check === finding.checkId && matcher.matches(finding.resource.arn),
    );
    for (const rule of matching) rule.used = true;
    const living = matching.find(({ exception }) => exception.expires > now);
    return living && finding.status === 'FAILED' ? suppressed(finding, living.exception) : finding;
  });
  return { findings: applied, notices: rules.flatMap(({ exception, used }) => noticesOf(exception, used, now)) };
}

const suppressed = (finding: Finding, { reason, owner, ticket, expires }: Exception): Finding => ({
  ...finding,
  status: 'SUPPRESSED',
  evidence: {
    ...finding.evidence,
    exception: { reason, owner, ...(ticket === undefined ? {} : { ticket }), expires: toIso(expires) },
  },
});

function noticesOf({ check, principal, owner, expires }: Exception, used: boolean, now: Instant): readonly string[] {
  const named = `The exception of ${check} for ${principal} (${owner})`;
  const date = toIso(expires).slice(0, 10);
  if (!used) return [`${named} matches nothing: remove it.`];
  if (expires <= now) return [`${named} expired on ${date}: mend the finding or renew it.`];
  return expires - now <= WARN_AHEAD ? [`${named} expires on ${date}.`] : [];
}
