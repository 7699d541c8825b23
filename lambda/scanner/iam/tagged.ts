import type { Principal, RolePrincipal } from './principal.ts';
import type { TagAssignment } from './tag-assignments.ts';

/** The principal with these tags; it can set those to which the conditions give no value. */
export function tagged(principal: RolePrincipal, tags: TagAssignment): RolePrincipal;
export function tagged(principal: Principal, tags: TagAssignment): Principal;
export function tagged(principal: Principal, tags: TagAssignment): Principal {
  const kept = [...principal.identity.tags].filter(([key]) => !tags.has(key.toLowerCase()));
  const told = [...tags].flatMap(([key, value]) => (typeof value === 'string' ? [] : [[key, value[0]] as const]));
  const chosen = [...tags].flatMap(([key, value]) => (value === 'any' ? [`aws:principaltag/${key}`] : []));
  const known = new Map([...kept, ...told]);
  const settableKeys = [...principal.settableKeys, ...chosen];
  return principal.kind === 'user'
    ? { ...principal, settableKeys, identity: { ...principal.identity, tags: known } }
    : { ...principal, settableKeys, identity: { ...principal.identity, tags: known } };
}
