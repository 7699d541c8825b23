import type { User } from './facts/identities.ts';
import type { FactName, Facts, ObservedFacts } from './facts/snapshot.ts';
import type { Instant } from './model/instant.ts';
import type { Json } from './model/json.ts';
import type { Resource } from './model/resource.ts';
import type { Severity } from './model/severity.ts';
import type { Standards } from './model/standards.ts';

/** One thing to judge; a check adds what it needs to judge it. */
export interface Subject {
  readonly resource: Resource;
  /** The user or role whose power decides how bad a failure is, where that is not the resource itself. */
  readonly principalArn?: string;
}

/** The judgement of one subject. */
export type Judgement =
  | { readonly status: 'pass' }
  | ({ readonly status: 'record'; readonly headline: string } & RecordDetails)
  | ({ readonly status: 'fail'; readonly headline: string } & FailureDetails)
  | { readonly status: 'unknown'; readonly reason: string };

/** What a record can add to its headline. */
export interface RecordDetails {
  /** What the headline has no room for, in sentences; it does not repeat the headline. By default the rationale of the check. */
  readonly message?: string;
  readonly evidence?: Readonly<Record<string, Json>>;
}

/** What a failure can add to its headline; `severity` replaces the check's own. */
export interface FailureDetails extends RecordDetails {
  readonly severity?: Severity;
}

/** The subject is as it should be. */
export const pass: Judgement = { status: 'pass' };

/** The subject passes, and what the headline, the message and the evidence say is put on record for a reviewer to read. */
export const record = (headline: string, details: RecordDetails = {}): Judgement => ({ status: 'record', headline, ...details });

/**
 * The subject fails. The headline says what is wrong with which resource (`IAM user ann has a console password and no MFA`), names the
 * resource, and has no full stop: it is the title of the finding wherever findings are listed. At most 120 characters are shown.
 */
export const fail = (headline: string, details: FailureDetails = {}): Judgement => ({ status: 'fail', headline, ...details });

/** The subject cannot be judged; the reason says what was missing. */
export const unknown = (reason: string): Judgement => ({ status: 'unknown', reason });

/** A threshold or a list that the configuration can override. */
export type Parameter = number | string | boolean | readonly string[];

type Widen<T> = T extends number ? number : T extends string ? string : T extends boolean ? boolean : readonly string[];

/** The accounts that have the same owner as the one that is judged, itself included. */
export interface OwnAccounts {
  readonly ids: ReadonlySet<string>;
  /** Whether these are all of them: the accounts of the Organization were listed. */
  readonly complete: boolean;
  /** Whether one of them has an analyzer that looks for external access to all; absent where not all could be asked. */
  readonly hasAnalyzer?: boolean;
  /** The features that centralise root access in their Organization, as one of them told; absent where none did. */
  readonly rootFeatures?: readonly string[];
}

/** What a check may know besides its facts. */
export interface CheckContext<P = Readonly<Record<string, Parameter>>> {
  readonly now: Instant;
  readonly accountId: string;
  readonly partition: string;
  readonly own: OwnAccounts;
  /** Whether the configuration names the identity as one for emergencies, which is meant to lie unused. */
  readonly isBreakGlass: (identity: Pick<User, 'arn' | 'tags'>) => boolean;
  readonly params: { readonly [K in keyof P]: Widen<P[K]> };
}

interface Metadata<P> {
  /** Kebab-case, names the bad state; also the file's name, the page, the configuration key and the rule in every output. */
  readonly id: string;
  /** What should hold, as AWS words its controls: `Root user access key should not exist`. */
  readonly title: string;
  readonly severity: Severity;
  /** One level worse when the subject's principal is, or can become, admin. */
  readonly raisedForAdmins?: boolean;
  /** Why it matters, in one or two sentences. */
  readonly rationale: string;
  readonly standards: Standards;
  /** Thresholds and lists; the configuration can override them. */
  readonly params?: P;
  /** Off unless the configuration turns it on. */
  readonly enabledByDefault?: boolean;
}

interface Definition<N extends FactName, P, S extends Subject> extends Metadata<P> {
  /** The facts that must be seen; the check can read no other. */
  readonly needs: readonly N[];
  /** The next step, exact: a sentence, or one made for the subject. */
  readonly remediation: string | ((subject: S, context: CheckContext<P>) => string);
  /** What is in scope. */
  readonly select: (facts: Pick<Facts, N>, context: CheckContext<P>) => readonly S[];
  /** The judgement of one subject. */
  readonly judge: (subject: S, facts: Pick<Facts, N>, context: CheckContext<P>) => Judgement;
}

/** A subject with its judgement and, for a failure, the next step. */
export interface Judged {
  readonly subject: Subject;
  readonly judgement: Judgement;
  /** Made only where it is wanted: most subjects pass. */
  readonly remediation: () => string;
}

/** A check as the registry holds it: metadata, and one function that judges everything in its scope. */
export interface Check extends Metadata<Readonly<Record<string, Parameter>>> {
  readonly needs: readonly FactName[];
  readonly params: Readonly<Record<string, Parameter>>;
  /** The next step in general, for the check's page. */
  readonly remediation?: string;
  /** Judges every subject in scope. Facts that the check needs must have been collected. */
  readonly run: (facts: Pick<Facts, FactName>, context: CheckContext) => Iterable<Judged>;
}

/**
 * Declares a check. The types of `select` and `judge` follow from `needs` and `params`, so that a check which reads a fact that it
 * does not declare does not compile.
 */
export function defineCheck<
  const N extends FactName,
  S extends Subject,
  P extends Record<string, Parameter> = Record<never, never>,
>(definition: Definition<N, P, S>): Check {
  const { select, judge, remediation, needs, params, ...metadata } = definition;
  return {
    ...metadata,
    needs,
    params: params ?? {},
    ...(typeof remediation === 'string' ? { remediation } : {}),
    *run(facts, generalContext) {
      // The runner has merged `params` with overrides of the same types (see config.ts), which the general type cannot say.
      const context = generalContext as CheckContext<P>;
      for (const subject of select(facts, context)) {
        yield {
          subject,
          judgement: attempt(() => judge(subject, facts, context)),
          remediation: () => (typeof remediation === 'string' ? remediation : remediation(subject, context)),
        };
      }
    },
  };
}

/** A judgement that throws is our fault: the subject is unknown, and the others are judged all the same. */
function attempt(judge: () => Judgement): Judgement {
  try {
    return judge();
  } catch (error) {
    return unknown(`iam-vigil failed to judge it, which is a fault to report: ${String(error)}`);
  }
}

/** The facts that the check needs and that could not be seen, with why. */
export const missingFacts = (check: Check, facts: ObservedFacts) =>
  check.needs.flatMap((name) => {
    const fact = facts[name];
    return fact.status === 'unavailable' ? [{ name, ...fact }] : [];
  });
