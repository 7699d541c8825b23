import type { CompiledPolicy, CompiledStatement } from '../../policy/compile.ts';
import { intersectGlobs } from '../../policy/glob.ts';
import { allowing, mayName } from '../../policy/queries/allowing-statements.ts';
import { type GivenKeys, type RequestSetting, plainRequest } from '../../policy/queries/plain-request.ts';
import { identityWriters } from '../principals/identity-writers.ts';

const kinds = ['user', 'role'] as const;
const BOUNDARY = 'iam:permissionsboundary';

/** An action that a document allows on identities without a permissions boundary, and the statements that allow it. */
export interface Unbounded {
  readonly action: string;
  readonly by: readonly CompiledStatement[];
}

/** The actions by which a document allows changes to identities without a boundary, or with one that the caller chooses. */
export function unboundedWriting(policy: CompiledPolicy, scene: RequestSetting): readonly Unbounded[] {
  return kinds.flatMap((kind) =>
    identityWriters[kind].flatMap((action) => {
      if (!mayName(policy, action)) return [];
      const [by] = requestsFor(policy, scene, action, kind)
        .map((request) => allowing(policy, request))
        .filter(({ length }) => length > 0);
      return by ? [{ action, by }] : [];
    }),
  );
}

/** Requests for the action on each form of identity that the document names, with each boundary that limits nothing. */
function requestsFor(policy: CompiledPolicy, scene: RequestSetting, action: string, kind: string) {
  const identity = `arn:${scene.partition}:iam::${scene.accountId}:${kind}/*`;
  const index = policy.vocabulary.indexOf(action);
  const places = policy.statements
    .filter(({ source, matchesAction }) => source.effect === 'Allow' && matchesAction(index))
    .flatMap(({ resources }) => resources.patterns)
    .flatMap((pattern) => intersectGlobs(pattern, identity) ?? [])
    // A wildcard also matches colons. A place with one more colon is the ARN of something else.
    .filter((place) => !place.slice(identity.length - 1).includes(':'));
  return [identity, ...new Set(places)].flatMap((place) =>
    boundariesFor(policy, scene, action).map((said) => plainRequest(scene, action, place, said)),
  );
}

/** No boundary, one that limits nothing, and, for removing a boundary, each that the document names: it is gone afterwards. */
function boundariesFor({ statements }: CompiledPolicy, { partition }: RequestSetting, action: string): readonly GivenKeys[] {
  const administrator = `arn:${partition}:iam::aws:policy/AdministratorAccess`;
  const named = action.includes('Delete')
    ? statements.flatMap(({ source }) =>
        source.conditions.filter(({ key }) => key.toLowerCase() === BOUNDARY).flatMap(({ values }) => values),
      )
    : [];
  return [null, administrator, ...named].map((boundary) => ({ [BOUNDARY]: boundary, 'iam:policyarn': administrator }));
}
