import type { PassRoleTechnique } from './compute-technique.ts';
import { codeTechniques } from './pass-role/index.ts';
import { serviceCallTechniques } from './service-calls/index.ts';

/** All techniques that pass a role to a new or changed resource. */
export const passRoleTechniques: readonly PassRoleTechnique[] = [...codeTechniques, ...serviceCallTechniques];
