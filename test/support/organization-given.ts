import type { Json } from '../../lambda/scanner/model/json.ts';
import { type OrganizationSpec, anOrganization } from './organization.ts';

/** What a check of the account that speaks for the Organization is given. */
export const ofOrganization = (spec: OrganizationSpec) => ({ wholeOrganization: anOrganization(spec) });

/** The same with some parts as AWS answers them; undefined: refused. */
export const withParts = (parts: Readonly<Record<string, Json | undefined>>) => ofOrganization({ parts });
