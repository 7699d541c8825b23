/** Fields that differ every night and decide nothing about who may do what: when something was last used, and how often. */
const uses = new Set([
  ...['lastUsed', 'lastUsedAt', 'passwordLastUsed', 'generatedAt', 'takenAt'],
  ...['attachmentCount', 'boundaryUsageCount'],
]);

/** Condition keys on the time: what they decide changes although the account does not. */
const ON_TIME = /currenttime|epochtime/i;

/** Whether two values have the same content. */
export const isSame = (a: unknown, b: unknown): boolean => isEqual(a, b, false);

/**
 * Whether two values give the same analysis: they have the same content, apart from last uses, and no policy in them depends on the
 * time.
 */
export const isSameForAnalysis = (a: unknown, b: unknown): boolean => isEqual(a, b, true);

function isEqual(a: unknown, b: unknown, forAnalysis: boolean): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (a === b && !forAnalysis) return true;
  if (a instanceof Map || b instanceof Map) return a instanceof Map && b instanceof Map && isEqualMap(a, b, forAnalysis);
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isEqual(item, b[index], forAnalysis))
    );
  return isEqualMap(new Map(fieldsOf(a, forAnalysis)), new Map(fieldsOf(b, forAnalysis)), forAnalysis);
}

const fieldsOf = (value: object, forAnalysis: boolean): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([name, field]) => field !== undefined && !(forAnalysis && uses.has(name)));

function isEqualMap(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>, forAnalysis: boolean): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    if (forAnalysis && typeof key === 'string' && ON_TIME.test(key)) return false;
    if (!b.has(key) || !isEqual(value, b.get(key), forAnalysis)) return false;
  }
  return true;
}
