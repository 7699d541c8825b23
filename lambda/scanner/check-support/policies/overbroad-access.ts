import type { CompiledPolicy, CompiledStatement } from '../../policy/compile.ts';
import { allowing, mayName } from '../../policy/queries/allowing-statements.ts';
import { allowingEverything, namesService } from '../../policy/queries/statements-allowing-everything.ts';
import { type RequestSetting, plainRequest } from '../../policy/queries/plain-request.ts';
import { type ActionOn, type SensitiveService, sensitiveServices } from '../data/sensitive-services.ts';

type Statements = readonly CompiledStatement[];

/** A sensitive service of which a document allows every action, and the statements that allow it. */
export interface OverbroadAccess {
  readonly service: SensitiveService;
  readonly by: Statements;
}

/** The statements by which the document allows the action on every resource of its kind; none if it does not. */
export const allowingOn = (policy: CompiledPolicy, scene: RequestSetting, { action, resource }: ActionOn): Statements =>
  mayName(policy, action) ? allowing(policy, plainRequest(scene, action, resource)) : [];

/** The statements by which the document allows all of these actions; none if it does not allow all. */
function allowingAll(policy: CompiledPolicy, scene: RequestSetting, actions: readonly ActionOn[]): Statements {
  const found: Statements[] = [];
  for (const action of actions) {
    const by = allowingOn(policy, scene, action);
    if (by.length === 0) return [];
    found.push(by);
  }
  return [...new Set(found.flat())];
}

const iam = sensitiveServices.filter(({ service }) => service === 'iam').flatMap(({ tellTale }) => tellTale);

/**
 * The statements by which the document allows everything in effect; none if it does not. A Deny outside IAM, or on single resources,
 * does not count: the holders can remove it.
 */
export const allowingAnything = (policy: CompiledPolicy, scene: RequestSetting): Statements =>
  allowingAll(policy, scene, iam).length > 0 ? (allowingEverything(policy.statements, scene) ?? []) : [];

/** Whether a statement lists what it does not cover: `NotAction`, `NotResource`. */
const isInverse = ({ source: { action, resource } }: CompiledStatement) => action.negated || resource?.negated === true;

/** The sensitive services of which the document allows every action by statements that name the service. */
export const wholeServices = (policy: CompiledPolicy, scene: RequestSetting): readonly OverbroadAccess[] =>
  handovers(policy, scene, (statement, { service }) => !isInverse(statement) && namesService(statement, service));

/** The sensitive services of which the document allows every action by `NotAction` or `NotResource`. */
export const openServices = (policy: CompiledPolicy, scene: RequestSetting): readonly OverbroadAccess[] =>
  handovers(policy, scene, isInverse);

/** The policy with only those Allow statements that name the service itself, and every Deny. */
export const statementsNaming = (policy: CompiledPolicy, service: string): CompiledPolicy => ({
  ...policy,
  statements: policy.statements.filter(
    ({ source: { effect, action } }) =>
      effect === 'Deny' ||
      (!action.negated && action.patterns.some((pattern) => pattern.toLowerCase().startsWith(`${service}:`))),
  ),
});

function handovers(
  policy: CompiledPolicy,
  scene: RequestSetting,
  counts: (allow: CompiledStatement, service: SensitiveService) => boolean,
): readonly OverbroadAccess[] {
  // Most documents name none of the actions.
  const named = sensitiveServices.filter(({ tellTale }) => tellTale.every(({ action }) => mayName(policy, action)));
  return named.flatMap((service) => {
    const statements = policy.statements.filter((statement) => statement.source.effect === 'Deny' || counts(statement, service));
    const by = allowingAll({ ...policy, statements }, scene, service.tellTale);
    return by.length > 0 ? [{ service, by }] : [];
  });
}

/** The statements of several handovers, in the order of the document, without repetition. */
export const statementsInOrder = (handovers: readonly OverbroadAccess[]): Statements =>
  [...new Set(handovers.flatMap(({ by }) => by))].sort((a, b) => a.source.index - b.source.index);
