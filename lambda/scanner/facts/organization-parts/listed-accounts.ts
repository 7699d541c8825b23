/** An account of the organization. */
export interface OrganizationAccount {
  readonly id: string;
  readonly name?: string;
  /** Whether it is active, and not closed or pending closure. */
  readonly active: boolean;
}
