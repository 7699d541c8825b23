import type { AccountEdges, ResidualLimit, ResidualPolicy } from '../edges.ts';

/** Orders texts by their code units, the same on every system. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Brings the contributions of accounts into a canonical order, and keeps equal policies as one object: the accounts of an
 * organization are mostly copies of each other.
 */
export function createCanonicalizer(): (edges: AccountEdges) => AccountEdges {
  const policies = createInterner<readonly ResidualPolicy[]>();
  const limits = createInterner<readonly ResidualLimit[]>();
  const statements = createInterner<ResidualPolicy['statements']>();
  return (edges) => ({
    ...edges,
    principals: sorted(edges.principals, ({ arn }) => arn),
    adminPaths: sorted(edges.adminPaths, ({ from }) => from),
    grantPaths: sorted(edges.grantPaths, ({ from }) => from),
    actAs: sorted(edges.actAs, ({ to }) => to.join()).map(({ to, paths }) => ({
      to,
      paths: sorted(paths, ({ from = '' }) => from),
    })),
    sources: sorted(
      edges.sources,
      ({ principal, changed, tagged, sessions }) =>
        `${principal} ${sessions ? 'session' : tagged ? `tagged by ${tagged.from}` : changed ? `changed: ${JSON.stringify(changed.path)}` : ''}`,
    ).map((source) => ({
      ...source,
      policies: policies(source.policies),
      limits: limits(source.limits),
    })),
    assumableRoles: sorted(edges.assumableRoles, ({ role }) => role).map(({ role, trust, limits: over }) => ({
      role,
      trust: { ...trust, statements: statements(trust.statements) },
      limits: limits(over),
    })),
    blockedAdmins: sorted(edges.blockedAdmins, ({ from, movedBelow = [] }) => `${from} ${movedBelow.join()}`),
    guardrailChanges: sorted(
      edges.guardrailChanges,
      ({ from = '', step, lift }) => `${from} ${step.rule} ${JSON.stringify(lift)}`,
    ),
    orgWideAccess: sorted(edges.orgWideAccess, ({ from = '', step }) => `${from} ${step.rule}`),
  });
}

const sorted = <T>(items: readonly T[], key: (item: T) => string): readonly T[] =>
  [...items].sort((a, b) => byText(key(a), key(b)));

/** Interns values: returns the first of all values with the same text. */
function createInterner<T>(): (value: T) => T {
  const known = new Map<string, T>();
  return (value) => {
    const text = JSON.stringify(value);
    const first = known.get(text) ?? value;
    known.set(text, first);
    return first;
  };
}
