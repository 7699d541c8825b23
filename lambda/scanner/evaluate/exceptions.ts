import type { Exception } from '../config.ts';
import type { Finding } from '../model/finding.ts';
import { DAY, type Instant, toIso } from '../model/instant.ts';
import { compileGlob } from '../policy/glob.ts';

const WARN_AHEAD = 14 * DAY;

/** The findings, with accepted ones suppressed, and notices about the exceptions. */
export interface Excepted {
  readonly findings: readonly Finding[];
  readonly notices: readonly string[];
}

/**
 * Suppresses the failures that an active exception accepts. An UNKNOWN finding stays UNKNOWN: no one accepted it. An expired exception
 * suppresses nothing. Notices name the exceptions that expired, expire soon or match nothing.
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
  const named = `Exception for check ${check}, principal ${principal} (owner ${owner})`;
  const date = toIso(expires).slice(0, 10);
  if (!used) return [`${named} matches no finding. Remove it.`];
  if (expires <= now) return [`${named} expired on ${date}. Fix the finding or renew the exception.`];
  return expires - now <= WARN_AHEAD ? [`${named} expires on ${date}.`] : [];
}
