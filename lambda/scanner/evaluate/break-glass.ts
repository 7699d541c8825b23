import type { CheckContext } from '../check.ts';
import type { Config } from '../config.ts';
import { compileGlob } from '../policy/glob.ts';

/** Returns whether the configuration marks an identity as break-glass. */
export function breakGlassIn({ breakGlass: { arns, tags } }: Config): CheckContext['isBreakGlass'] {
  const patterns = arns.map((arn) => compileGlob(arn));
  return (identity) =>
    patterns.some(({ matches }) => matches(identity.arn)) ||
    Object.entries(tags).some(([key, value]) => identity.tags.get(key) === value);
}
