import type { User } from './facts/identity.ts';
import type { FactName, Facts, ObservedFacts } from './facts/snapshot.ts';
import type { Account } from './iam/account.ts';
import type { Assertion, IsAmong } from './model/assertion.ts';
import type { EnvironmentOf } from './model/environment.ts';
import type { Instant } from './model/instant.ts';
import type { Json } from './model/json.ts';
import type { Resource } from './model/resource.ts';
import type { Severity } from './model/severity.ts';
import { benchmarksOf } from './model/benchmark-controls.ts';
import type { OwnStandards, Standards } from './model/standards.ts';

/** One resource to evaluate. A check adds the data that it needs. */
export interface Subject {
  readonly resource: Resource;
  /** The user or role whose verdict raises the severity, if it is not the resource itself. */
  readonly principalArn?: string;
}

/** The result of evaluating one subject. */
export type Judgement =
  | { readonly status: 'pass' }
  | ({ readonly status: 'record'; readonly headline: string } & RecordDetails)
  | ({ readonly status: 'fail'; readonly headline: string } & FailureDetails)
  | { readonly status: 'unknown'; readonly reason: string };

/** What a record can add to its headline. */
export interface RecordDetails {
  /** Further facts, in sentences, that do not repeat the headline. Default: the rationale of the check. */
  readonly message?: string;
  readonly evidence?: Readonly<Record<string, Json>>;
}

/** What a failure can add to its headline. `severity` replaces the severity of the check. */
export interface FailureDetails extends RecordDetails {
  readonly severity?: Severity;
  /** For something that happened and that no later scan sees: how long the finding stays open. */
  readonly openUntil?: Instant;
}

/** The subject passes. */
export const pass: Judgement = { status: 'pass' };

/** The subject passes, and the headline, the message and the evidence are recorded for reviewers. */
export const record = (headline: string, details: RecordDetails = {}): Judgement => ({ status: 'record', headline, ...details });

/**
 * The subject fails. The headline says what is wrong with which resource (`IAM user ann has a console password and no MFA`), names the
 * resource, and has no full stop: it is the title of the finding wherever findings are listed. At most 120 characters are shown.
 */
export const fail = (headline: string, details: FailureDetails = {}): Judgement => ({ status: 'fail', headline, ...details });

/** The subject cannot be evaluated. The reason says what is missing. */
export const unknown = (reason: string): Judgement => ({ status: 'unknown', reason });

/** A threshold or a list that the configuration can override. */
export type Parameter = number | string | boolean | readonly string[];

type Widen<T> = T extends number ? number : T extends string ? string : T extends boolean ? boolean : readonly string[];

/** The external access analyzers for a whole organization. */
export interface OrganizationAnalyzers {
  readonly regions: readonly string[];
  /** Whether other Regions have none for certain: all were asked, in all accounts. */
  readonly complete: boolean;
}

/** The accounts that have the same owner as the evaluated account, including itself. */
export interface OwnAccounts {
  readonly ids: ReadonlySet<string>;
  /** Whether the list is complete: the accounts of the organization were listed. */
  readonly complete: boolean;
  /** The Regions in which one of them has an external access analyzer for the whole organization. */
  readonly organizationAnalyzers?: OrganizationAnalyzers;
  /** The enabled features of centralized root access in their organization. Absent if unknown. */
  readonly rootFeatures?: readonly string[];
  /** The Regions of IAM Identity Center that their roles name. Absent or empty if they have no such role. */
  readonly identityCenterRegions?: readonly string[];
}

/** What a check can use besides its facts. */
export interface CheckContext<P = Readonly<Record<string, Parameter>>> {
  readonly now: Instant;
  readonly accountId: string;
  readonly partition: string;
  readonly own: OwnAccounts;
  /**
   * The account with its policies compiled and with its SCPs and RCPs, as the analysis opened it, to evaluate single requests.
   *
   * @throws Error where the check does not need the fact `access`: the same policies, SCPs and RCPs are behind it.
   */
  readonly account: () => Account;
  readonly environmentOf: EnvironmentOf;
  /** What the configuration asserts about access, and which accounts it means. */
  readonly assertions: readonly Assertion[];
  readonly isAmong: IsAmong;
  /** Whether the configuration marks the identity as break-glass: for emergencies, and unused otherwise. */
  readonly isBreakGlass: (identity: Pick<User, 'arn' | 'tags'>) => boolean;
  readonly params: { readonly [K in keyof P]: Widen<P[K]> };
}

interface Metadata<P> {
  /** Kebab-case; names the bad state. Also the name of the file, the page, the configuration key and the rule in every output. */
  readonly id: string;
  /** What should hold, worded as AWS words its controls: `Root user access key should not exist`. */
  readonly title: string;
  readonly severity: Severity;
  /** Whether the severity is one level higher if the subject's principal is, or can become, admin. */
  readonly raisedForAdmins?: boolean;
  /** Why it matters, in one or two sentences. */
  readonly rationale: string;
  readonly standards: Standards;
  /** Thresholds and lists; the configuration can override them. */
  readonly params?: P;
  /** False: the check is disabled unless the configuration enables it. */
  readonly enabledByDefault?: boolean;
}

interface Definition<N extends FactName, P, S extends Subject> extends Omit<Metadata<P>, 'standards'> {
  readonly standards: OwnStandards;
  /** The facts that must be collected. The check cannot read any other. */
  readonly needs: readonly N[];
  /** The exact next step: a text, or a function that writes one for the subject. */
  readonly remediation: string | ((subject: S, context: CheckContext<P>) => string);
  /** The subjects in scope. */
  readonly select: (facts: Pick<Facts, N>, context: CheckContext<P>) => readonly S[];
  /** Evaluates one subject. */
  readonly judge: (subject: S, facts: Pick<Facts, N>, context: CheckContext<P>) => Judgement;
  /** What other accounts decide and this scan does not know, so that a subject which may fail is not in scope. */
  readonly hiddenElsewhere?: (facts: Pick<Facts, N>, context: CheckContext<P>) => HiddenElsewhere | undefined;
}

/** What one account cannot tell about itself. Where it is not known, a finding that is missing may still be true. */
export interface HiddenElsewhere {
  /** The fact of other accounts that would tell. */
  readonly fact: FactName;
  readonly reason: string;
}

/** A subject with its result and, for a failure, the next step. */
export interface Judged {
  readonly subject: Subject;
  readonly judgement: Judgement;
  /** Called only if it is needed: most subjects pass. */
  readonly remediation: () => string;
}

/** A check in the registry: metadata, and one function that evaluates everything in its scope. */
export interface Check extends Metadata<Readonly<Record<string, Parameter>>> {
  readonly needs: readonly FactName[];
  readonly params: Readonly<Record<string, Parameter>>;
  /** The general next step, for the page of the check. */
  readonly remediation?: string;
  /** Evaluates every subject in scope. The facts that the check needs must have been collected. */
  readonly run: (facts: Pick<Facts, FactName>, context: CheckContext) => Iterable<Judged>;
  /** What other accounts decide and this scan does not know. */
  readonly hiddenElsewhere?: (facts: Pick<Facts, FactName>, context: CheckContext) => HiddenElsewhere | undefined;
}

/**
 * Declares a check. The types of `select` and `judge` follow from `needs` and `params`: a check that reads a fact that it does not
 * declare does not compile.
 */
export function defineCheck<
  const N extends FactName,
  S extends Subject,
  P extends Record<string, Parameter> = Record<never, never>,
>(definition: Definition<N, P, S>): Check {
  const { select, judge, hiddenElsewhere, remediation, needs, params, ...metadata } = definition;
  return {
    ...metadata,
    standards: { ...benchmarksOf(metadata.id), ...metadata.standards },
    needs,
    params: params ?? {},
    ...(typeof remediation === 'string' ? { remediation } : {}),
    *run(facts, generalContext) {
      // The runner has merged `params` with overrides of the same types (see config.ts). The general type cannot express this.
      const context = generalContext as CheckContext<P>;
      for (const subject of select(facts, context)) {
        yield {
          subject,
          judgement: attempt(() => judge(subject, facts, context)),
          remediation: () => (typeof remediation === 'string' ? remediation : remediation(subject, context)),
        };
      }
    },
    ...(hiddenElsewhere ? { hiddenElsewhere: (facts, context) => hiddenElsewhere(facts, context as CheckContext<P>) } : {}),
  };
}

/** If evaluating a subject throws, that is a bug: this subject is unknown, and the others are still evaluated. */
function attempt(judge: () => Judgement): Judgement {
  try {
    return judge();
  } catch (error) {
    return unknown(`an error in iam-vigil, please report it: ${String(error)}`);
  }
}

/** The facts that the check needs and that could not be collected, each with the reason. */
export const missingFacts = (check: Check, facts: ObservedFacts) =>
  check.needs.flatMap((name) => {
    const fact = facts[name];
    return fact.status === 'unavailable' ? [{ name, ...fact }] : [];
  });
